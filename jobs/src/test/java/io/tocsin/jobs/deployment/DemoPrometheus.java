// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.jobs.realinput.DebianProgram;
import io.tocsin.jobs.realinput.Http;
import io.tocsin.jobs.realinput.RealProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Prometheus with the configuration that the Compose file gives it, but for addresses and
 * how often it scrapes.
 */
public final class DemoPrometheus implements AutoCloseable {
  /** What the demo plays lags so much behind the clock at first, and somewhat more. */
  private static final Duration SPAN = Duration.ofMinutes(40);

  private final Path home;
  private final URI uri;
  private RealProcess process;

  /** Chooses where it will be; it is started by {@link #scrape}. */
  public DemoPrometheus(Path directory) throws IOException {
    home = Files.createTempDirectory(directory, "prometheus");
    uri = URI.create("http://127.0.0.1:" + RealProcess.freePort());
  }

  /** Where it takes samples. */
  public URI remoteWrite() {
    return uri.resolve("/api/v1/write");
  }

  /**
   * Starts it.
   *
   * @param ports of the gateway's and the jobs' metrics
   */
  public void scrape(List<Integer> ports) throws IOException {
    String configuration =
        Compose.config("prometheus")
            .replace("/etc/prometheus/rules/", Checkout.file("dashboards/rules") + "/")
            .replaceAll("(scrape|evaluation)_interval: 15s", "$1_interval: 2s")
            .replace("\"gateway:9201\"", "\"127.0.0.1:%d\"".formatted(ports.get(0)))
            .replace(
                "\"jobmanager:9249\", \"taskmanager:9249\"",
                "\"127.0.0.1:%d\"".formatted(ports.get(1)))
            .replaceAll("\"alertmanager:9093\"", "\"127.0.0.1:1\"");
    Files.writeString(home.resolve("prometheus.yml"), configuration);
    process =
        RealProcess.start(
            DebianProgram.PROMETHEUS,
            List.of(
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.enable-remote-write-receiver",
                "--web.listen-address=" + uri.getAuthority()),
            home,
            uri.resolve("/-/ready"));
  }

  /** Every rule could be evaluated. */
  public void assertRulesAreWell() throws Exception {
    JsonNode rules = Http.json(uri.resolve("/api/v1/rules")).at("/data/groups/0/rules");
    assertThat(rules).hasSizeGreaterThan(10);
    for (JsonNode rule : rules) {
      assertThat(rule.path("lastError").asText()).as(rule.path("name").asText()).isEmpty();
      assertThat(rule.path("health").asText()).as(rule.path("name").asText()).isEqualTo("ok");
    }
  }

  /** Everything that panels, annotations and variables of the dashboards ask has an answer. */
  public void assertEveryQuestionHasAnAnswer() throws Exception {
    List<String> unanswered = new ArrayList<>();
    List<Dashboards.Question> questions = Dashboards.questions();
    for (Dashboards.Question question : questions) {
      if (!isAnswered(question.expression())) {
        unanswered.add(question.of() + ": " + question.expression());
      }
    }
    assertThat(unanswered).isEmpty();
    System.out.printf("dashboards: %d questions have answers%n", questions.size());
  }

  private boolean isAnswered(String expression) throws Exception {
    Instant now = Instant.now();
    String query =
        "/api/v1/query_range?step=15&start=%d&end=%d&query=%s"
            .formatted(
                now.minus(SPAN).getEpochSecond(),
                now.getEpochSecond(),
                URLEncoder.encode(expression, StandardCharsets.UTF_8));
    for (JsonNode series : Http.json(uri.resolve(query)).at("/data/result")) {
      for (JsonNode value : series.path("values")) {
        if (!value.get(1).asText().matches("NaN|[+-]Inf")) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
