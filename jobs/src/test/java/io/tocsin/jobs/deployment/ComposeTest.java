// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.connectors.gateway.GatewaySettings;
import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.jobs.local.ShopCommand;
import io.tocsin.jobs.local.Tocsin;
import io.tocsin.jobs.realinput.DebianProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the Compose file says, against the code and the files that it names. */
final class ComposeTest {
  private static final Pattern ADDRESS = Pattern.compile("\\b([a-z]+):(\\d{4,5})\\b");

  private static final Map<String, Set<String>> LISTENING =
      Map.of(
          "kafka", Set.of("9092"),
          "gateway", Set.of("9201"),
          "jobmanager", Set.of("8081", "9249"),
          "taskmanager", Set.of("9249"),
          "prometheus", Set.of("9090"),
          "alertmanager", Set.of("9093"));

  @TempDir Path directory;

  private JsonNode compose;

  @BeforeEach
  void read() throws Exception {
    compose = Compose.file();
  }

  @Test
  void imagesArePinnedAndOfTheVersionsOfTheCode() throws Exception {
    for (JsonNode service : compose.path("services")) {
      String image = service.path("image").asText();
      assertThat(image).matches("[a-z]+/[a-z]+:v?\\d+\\.\\d+\\.\\d+");
      if (image.startsWith("tocsin/")) {
        assertThat(image).endsWith(":" + Checkout.release());
      }
      if (service.has("build")) {
        String file = service.at("/build/dockerfile").asText();
        assertThat(file).contains("/" + image.replaceFirst("tocsin/(.*):.*", "$1") + ".");
        assertThat(Checkout.file(file)).exists();
      }
    }
    assertThat(compose.at("/services/kafka/image").asText())
        .isEqualTo(
            "apache/kafka:" + Checkout.find("pom.xml", "<kafka.version>(.*)</kafka.version>"));
  }

  @Test
  void theProgramsReadTheirFiles() throws Exception {
    GatewaySettings gateway =
        JobSettings.gateway(JobSettings.text("gateway", Compose.config("gateway"), directory));
    assertThat(gateway.listen().host()).isEqualTo("0.0.0.0");
    assertThat(compose.at("/services/gateway/ports/0").asText())
        .endsWith(":" + gateway.listen().port());
    assertThat(compose.at("/services/gateway/healthcheck/test").toString())
        .contains("/" + gateway.listen().port() + " ");
    for (JobSettings job : JobSettings.values()) {
      JobSettings.Job read =
          job.read(JobSettings.text(job.word(), Compose.config(job.word()), directory));
      assertThat(read.kafka().bootstrapServers()).isEqualTo(gateway.kafka().bootstrapServers());
      String submitted = compose.at("/services/jobs/command/2").asText();
      assertThat(submitted)
          .contains("submit %s /etc/tocsin/%s.yaml".formatted(job.entry().getName(), job.word()))
          .contains(" " + Images.JOBS_JAR + " ");
    }
    assertThat(Compose.config("logs")).contains(word(LogFormat.FLUENT_BIT));
  }

  private static String word(LogFormat format) {
    return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Test
  void whatIsMountedIsThereAndEveryFileIsMounted() {
    Set<String> mounted = new TreeSet<>();
    for (JsonNode service : compose.path("services")) {
      for (JsonNode config : service.path("configs")) {
        mounted.add(config.path("source").asText());
      }
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().replaceFirst(":.*", "");
        if (source.startsWith("./")) {
          assertThat(Checkout.file(source.substring(2))).exists();
          assertThat(volume.asText()).endsWith(":ro");
        } else {
          assertThat(compose.path("volumes").has(source)).as(source).isTrue();
        }
      }
    }
    List<String> there = new ArrayList<>();
    compose.path("configs").fieldNames().forEachRemaining(there::add);
    assertThat(mounted).containsExactlyInAnyOrderElementsOf(there);
  }

  @Test
  void addressesAreThoseOfServicesThatListenThere() {
    Matcher matcher = ADDRESS.matcher(textsWithAddresses());
    int found = 0;
    while (matcher.find()) {
      if (!matcher.group(1).equals("localhost")) {
        assertThat(LISTENING.getOrDefault(matcher.group(1), Set.of()))
            .as(matcher.group())
            .contains(matcher.group(2));
        found++;
      }
    }
    assertThat(found).isGreaterThan(15);
    assertThat(compose.at("/services/kafka/environment/KAFKA_ADVERTISED_LISTENERS").asText())
        .contains("INSIDE://kafka:9092");
  }

  @Test
  void nobodyElseOnTheNetworkGetsIn() {
    for (JsonNode service : compose.path("services")) {
      service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }
  }

  private String textsWithAddresses() {
    StringBuilder texts = new StringBuilder();
    compose.path("configs").forEach(config -> texts.append(config.path("content").asText()));
    for (String place : List.of("jobs/command", "shop/command", "grafana/environment")) {
      compose.at("/services/" + place).forEach(word -> texts.append(word.asText()).append('\n'));
    }
    return texts.toString();
  }

  @Test
  void flinkKnowsItsOptions() {
    for (String service : List.of("jobmanager", "taskmanager", "jobs")) {
      String options =
          compose.at("/services/" + service + "/environment/FLINK_PROPERTIES").asText();
      assertThat(options.lines()).hasSizeGreaterThan(10);
      options
          .lines()
          .map(line -> line.split(": ", 2))
          .forEach(option -> assertThat(FlinkOptions.problem(option[0], option[1])).isEmpty());
    }
  }

  @Test
  void aCollectorIsToldOfNothingUnlessItIsNamed() {
    assertThat(compose.at("/services/gateway/environment/OTEL_EXPORTER_OTLP_ENDPOINT").asText())
        .isEqualTo("${OTEL_EXPORTER_OTLP_ENDPOINT:-}");
    assertThat(compose.at("/services/jobmanager/environment/FLINK_PROPERTIES").asText().lines())
        .contains("metrics.reporters: ${TOCSIN_REPORTERS:-prom}");
  }

  @Test
  void prometheusReadsItsFileAndNamesMetricsAsInKubernetes() throws Exception {
    Path file = directory.resolve("prometheus.yml");
    Files.writeString(
        file,
        Compose.config("prometheus")
            .replace(
                "/etc/prometheus/rules/", Checkout.file("dashboards/rules/").toString() + "/"));
    Program.run(DebianProgram.PROMTOOL.path(), "check", "config", file.toString());
    JsonNode jobs =
        Checkout.yaml(Compose.config("prometheus")).get(0).path("scrape_configs").get(1);
    JsonNode renamed = jobs.path("metric_relabel_configs").get(0);
    JsonNode inKubernetes =
        Checkout.yamlFile("k8s/flink-operator/base/monitoring.yaml")
            .at("/spec/podMetricsEndpoints/0/metricRelabelings/0");
    assertThat(renamed.path("regex")).isEqualTo(inKubernetes.path("regex"));
    assertThat(renamed.path("replacement")).isEqualTo(inKubernetes.path("replacement"));
    assertThat(renamed.path("target_label")).isEqualTo(inKubernetes.path("targetLabel"));
  }

  @Test
  void grafanaFindsDataAndDashboards() throws Exception {
    JsonNode grafana = compose.at("/services/grafana");
    JsonNode sources =
        Checkout.yamlFile("dashboards/provisioning/datasources/tocsin.yaml").path("datasources");
    for (JsonNode source : sources) {
      String variable = source.path("url").asText().replaceAll("[${}]", "");
      assertThat(grafana.path("environment").has(variable)).as(variable).isTrue();
      assertThat(source.path("uid").asText()).startsWith("tocsin-");
      assertThat(source.path("editable").asBoolean(true)).isFalse();
    }
    String path =
        Checkout.yamlFile("dashboards/provisioning/dashboards/tocsin.yaml")
            .at("/providers/0/options/path")
            .asText();
    assertThat(grafana.path("volumes").toString()).contains("./dashboards/grafana:" + path + ":ro");
    String home = grafana.at("/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").asText();
    assertThat(Checkout.file(home.replace(path, "dashboards/grafana"))).exists();
  }

  @Test
  void theShopIsACommandThatThereIs() {
    List<String> words = new ArrayList<>();
    compose.at("/services/shop/command").forEach(word -> words.add(word.asText()));
    assertThat(words.get(0)).isEqualTo(Tocsin.class.getName());
    assertThat(words.get(1)).isEqualTo("shop");
    String[] options = words.subList(2, words.size()).toArray(String[]::new);
    assertThat(new CommandLine(new ShopCommand()).parseArgs(options).unmatched()).isEmpty();
  }
}
