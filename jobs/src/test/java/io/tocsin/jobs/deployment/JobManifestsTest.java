// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.gateway.GatewaySettings;
import io.tocsin.connectors.otlp.OtlpSettings;
import io.tocsin.jobs.environment.JobEnvironment;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manifests say of the jobs and the gateway, against the code. */
final class JobManifestsTest {
  private static final String ALL = "io.tocsin.jobs.deployment.Manifests#all";

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource(ALL)
  void everyJobRunsItsClassWithItsFile(String overlay) throws Exception {
    assertThat(FlinkManifests.of(overlay)).hasSameSizeAs(JobSettings.values());
    for (JobSettings job : JobSettings.values()) {
      JsonNode spec = FlinkManifests.spec(FlinkManifests.of(overlay, job.word()));
      assertThat(spec.at("/job/entryClass").asText()).isEqualTo(job.entry().getName());
      assertThat(job.entry().getMethod("main", String[].class)).isNotNull();
      assertThat(texts(spec.at("/job/args")))
          .containsExactly("--config", "/etc/tocsin/" + job.word() + ".yaml");
      assertThat(configuration(overlay, job.word())).isNotBlank();
      assertThat(spec.path("image").asText()).isEqualTo("tocsin/jobs:" + Checkout.release());
      assertThat(spec.at("/job/jarURI").asText()).isEqualTo("local://" + Images.JOBS_JAR);
      assertThat(spec.at("/job/allowNonRestoredState").asBoolean(true)).isFalse();
    }
    JsonNode gateway = Manifests.of(overlay, "Deployment", "tocsin-gateway");
    assertThat(gateway.at("/spec/template/spec/containers/0/image").asText())
        .isEqualTo("tocsin/gateway:" + Checkout.release());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theirFilesAreReadByTheirOwnReaders(String overlay) throws Exception {
    for (JobSettings job : JobSettings.values()) {
      assertThat(read(overlay, job).kafka().groupId()).isEqualTo("tocsin-" + job.word());
    }
    GatewaySettings gateway =
        JobSettings.gateway(
            JobSettings.text("gateway", configuration(overlay, "gateway"), directory));
    assertThat(gateway.bearerToken()).isNotNull();
    JsonNode container =
        Manifests.of(overlay, "Deployment", "tocsin-gateway")
            .at("/spec/template/spec/containers/0");
    assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(gateway.listen().port());
    assertThat(Manifests.of(overlay, "Service", "tocsin-gateway").at("/spec/ports/0/port").asInt())
        .isEqualTo(gateway.listen().port());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void flinkKnowsEveryOptionAndItsValue(String overlay) {
    for (JsonNode job : FlinkManifests.of(overlay)) {
      assertThat(FlinkManifests.configuration(job)).hasSizeGreaterThan(30);
      FlinkManifests.configuration(job)
          .forEach((key, value) -> assertThat(FlinkOptions.problem(key, value)).isEmpty());
      assertThat(FlinkManifests.spec(job).path("flinkVersion").asText()).isEqualTo("v2_2");
    }
  }

  @Test
  void anOptionThatFlinkDoesNotKnowIsNoticed() {
    assertThat(FlinkOptions.problem("state.checkpoints.dirs", "s3://x")).contains("no option");
    assertThat(FlinkOptions.problem("execution.checkpointing.interval", "often")).isNotEmpty();
    assertThat(FlinkOptions.problem("kubernetes.operator.savepoint.history", "1")).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatTheCodeFixesIsSaidAlike(String overlay) throws Exception {
    for (JobSettings job : JobSettings.values()) {
      Map<String, String> said =
          FlinkManifests.configuration(FlinkManifests.of(overlay, job.word()));
      Configuration options = Configuration.fromMap(said);
      assertThat(said)
          .containsEntry(
              "pipeline.max-parallelism", Integer.toString(JobEnvironment.MAX_PARALLELISM))
          .containsEntry("state.backend.type", "hashmap");
      assertThat(options.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
          .isEqualTo(read(overlay, job).checkpointInterval());
      assertThat(options.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
          .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
      assertThat(said.get("env.java.opts.all").split(" ", -1)).containsAll(Images.opens());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theAutoscalerLeavesAloneWhatIsNeverMoreThanOne(String overlay) throws Exception {
    for (JobSettings job : JobSettings.values()) {
      Map<String, String> said =
          FlinkManifests.configuration(FlinkManifests.of(overlay, job.word()));
      Set<String> excluded =
          new TreeSet<>(List.of(said.get("job.autoscaler.vertex.exclude.ids").split(";", -1)));
      assertThat(excluded).as(job.word()).isEqualTo(read(overlay, job).idsOfSingleVertices());
      assertThat(said).containsEntry("job.autoscaler.scaling.enabled", "false");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void stateOutlivesPodsAndJobs(String overlay) {
    Set<String> places = new TreeSet<>();
    for (JsonNode job : FlinkManifests.of(overlay)) {
      Map<String, String> said = FlinkManifests.configuration(job);
      assertThat(said).containsEntry("high-availability.type", "kubernetes");
      for (String key :
          List.of(
              "high-availability.storageDir",
              "execution.checkpointing.dir",
              "execution.checkpointing.savepoint-dir")) {
        assertThat(said.get(key)).as(key).matches("(s3://|file:///var/lib/tocsin/).+");
        places.add(said.get(key));
      }
      boolean onVolume = said.get("execution.checkpointing.dir").startsWith("file:");
      assertThat(FlinkManifests.spec(job).path("podTemplate").findValuesAsText("mountPath"))
          .filteredOn("/var/lib/tocsin"::equals)
          .hasSize(onVolume ? 1 : 0);
      assertThat(FlinkManifests.spec(job).at("/job/upgradeMode").asText())
          .isEqualTo(Manifests.kind(job).equals("FlinkDeployment") ? "last-state" : "savepoint");
    }
    assertThat(places).hasSizeGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void metricsAreServedWhereTheyAreScrapedAndMayBe(String overlay) {
    Set<String> ports = new TreeSet<>();
    for (JsonNode job : FlinkManifests.of(overlay)) {
      ports.add(FlinkManifests.configuration(job).get("metrics.reporter.prom.port"));
      ports.add(
          FlinkManifests.spec(job)
              .at("/podTemplate/spec/containers/0/ports/0/containerPort")
              .asText());
    }
    assertThat(ports).hasSize(1);
    List<String> allowed =
        Manifests.of(overlay, "NetworkPolicy", "tocsin-jobs").path("spec").findValuesAsText("port");
    assertThat(allowed).containsAll(ports);
    assertThat(
            Manifests.of(overlay, "PodMonitor", "tocsin-jobs")
                .path("spec")
                .findValuesAsText("port"))
        .containsExactly("metrics");
  }

  @Test
  void aCollectorIsReachedWhereTheNetworkLetsIt() {
    String overlay = "variants/otlp";
    Map<String, String> environment = new HashMap<>();
    Manifests.of(overlay, "Deployment", "tocsin-gateway")
        .at("/spec/template/spec/containers/0/env")
        .forEach(each -> environment.put(each.path("name").asText(), each.path("value").asText()));
    URI ofGateway = OtlpSettings.of(environment).endpoint();
    assertThat(ofGateway).isNotNull();
    JsonNode policy = Manifests.of(overlay, "NetworkPolicy", "tocsin-otlp").path("spec");
    for (JsonNode job : FlinkManifests.of(overlay)) {
      Map<String, String> said = FlinkManifests.configuration(job);
      assertThat(said).containsEntry("metrics.reporters", "prom,otel");
      URI ofJob = URI.create(said.get("metrics.reporter.otel.exporter.endpoint"));
      assertThat(ofJob.getHost()).isEqualTo(ofGateway.getHost());
      assertThat(policy.findValuesAsText("port"))
          .containsExactlyInAnyOrder(
              Integer.toString(ofJob.getPort()), Integer.toString(ofGateway.getPort()));
    }
    assertThat(ofGateway.getHost())
        .contains("." + policy.findValuesAsText("kubernetes.io/metadata.name").get(0) + ".");
  }

  private JobSettings.Job read(String overlay, JobSettings job) throws ConfigException {
    return job.read(JobSettings.text(job.word(), configuration(overlay, job.word()), directory));
  }

  private static String configuration(String overlay, String word) {
    List<JsonNode> maps =
        Manifests.of(overlay, "ConfigMap").stream()
            .filter(map -> Manifests.name(map).matches("tocsin-" + word + "-[a-z0-9]{10}"))
            .toList();
    assertThat(maps).as(word).hasSize(1);
    return maps.get(0).at("/data/" + word + ".yaml").asText();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
