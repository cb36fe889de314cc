// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.connectors.chat.ChatSettings;
import io.tocsin.connectors.gateway.Gateway;
import io.tocsin.connectors.gateway.GatewaySettings;
import io.tocsin.connectors.gateway.LimitSettings;
import io.tocsin.connectors.gateway.ListenSettings;
import io.tocsin.connectors.topics.TopicSettings;
import io.tocsin.jobs.incidents.IncidentsSettings;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.jobs.local.KafkaBroker;
import io.tocsin.jobs.local.LocalFlink;
import io.tocsin.jobs.metrics.MetricsSettings;
import io.tocsin.models.incidents.IncidentSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A broker with the topics, and a cluster that runs the jobs: what the tests of a class share. */
final class Pipeline implements AutoCloseable {
  /** Enough for some jobs of parallelism 2. */
  private static final int SLOTS = 6;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaBroker broker;
  private final Topics topics;
  private final Path checkpoints;
  private final LocalFlink flink;

  Pipeline(Path directory, int metricsPartitions) throws Exception {
    this(directory, metricsPartitions, new Configuration());
  }

  /** One whose cluster has these options as well. */
  Pipeline(Path directory, int metricsPartitions, Configuration options) throws Exception {
    checkpoints = directory.resolve("flink/checkpoints");
    broker = KafkaBroker.start(directory);
    try {
      topics = new Topics(broker.bootstrapServers(), metricsPartitions);
      flink = LocalFlink.start(directory.resolve("flink"), 0, SLOTS, options);
    } catch (Exception | Error e) {
      broker.close();
      throw e;
    }
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** A gateway before the broker, with the shipped settings, once it is ready; to be closed. */
  Gateway startGateway() throws Exception {
    GatewaySettings usual = GatewaySettings.DEFAULTS;
    return startGateway(usual.limits(), usual.heartbeat(), usual.chat());
  }

  /** The same with these settings in place of the shipped ones. */
  Gateway startGateway(LimitSettings limits, Duration heartbeat, ChatSettings chat)
      throws Exception {
    Gateway gateway = Gateway.start(gatewaySettings(bootstrapServers(), limits, heartbeat, chat));
    try {
      await("the gateway").atMost(PATIENCE).until(gateway::ready);
      return gateway;
    } catch (RuntimeException | Error e) {
      gateway.close();
      throw e;
    }
  }

  /** What is shipped, but for the place and what is given. */
  static GatewaySettings gatewaySettings(
      String bootstrapServers, LimitSettings limits, Duration heartbeat, ChatSettings chat) {
    GatewaySettings usual = GatewaySettings.DEFAULTS;
    ListenSettings listen = usual.listen();
    return new GatewaySettings(
        new ListenSettings("127.0.0.1", 0, listen.idleTimeout(), listen.maxConnections(), null),
        new io.tocsin.connectors.gateway.KafkaSettings(
            bootstrapServers, Map.of(), TopicSettings.DEFAULTS),
        limits,
        usual.bearerToken(),
        usual.tenantHeader(),
        heartbeat,
        usual.alertmanagers(),
        usual.page(),
        chat,
        usual.otlp());
  }

  /** Flink's web interface. */
  URI web() {
    return flink.web();
  }

  Topics topics() {
    return topics;
  }

  /** What is shipped, but for the place and what is given; the job's group is its name. */
  MetricsSettings metricsSettings(String job, Duration checkpointInterval) {
    MetricsSettings usual = MetricsSettings.DEFAULTS;
    return new MetricsSettings(
        new KafkaSettings(bootstrapServers(), job, KafkaSettings.COMMITTED, Map.of()),
        usual.limits(),
        usual.metrics(),
        usual.entities(),
        usual.series(),
        usual.band(),
        usual.episodes(),
        usual.together(),
        usual.bands(),
        usual.lateness(),
        usual.idleness(),
        usual.learnUntil(),
        checkpointInterval,
        usual.coreHourUsd());
  }

  /** What is shipped, but for the place, the Alertmanagers and what is given. */
  IncidentsSettings incidentsSettings(
      String job, IncidentSettings incidents, List<URI> alertmanagers, Duration checkpoints) {
    IncidentsSettings usual = IncidentsSettings.DEFAULTS;
    return new IncidentsSettings(
        new KafkaSettings(bootstrapServers(), job, KafkaSettings.COMMITTED, Map.of()),
        incidents,
        usual.calls(),
        usual.owners(),
        alertmanagers.stream().map(uri -> AlertmanagerAddress.of(uri.toString())).toList(),
        usual.resendInterval(),
        usual.watchdog(),
        usual.externalUrl(),
        checkpoints);
  }

  /** Starts a job, or goes on with it where its last checkpoint is. */
  JobID start(String name, int parallelism, Consumer<StreamExecutionEnvironment> definition) {
    StreamExecutionEnvironment env = flink.environment(name);
    env.setParallelism(parallelism);
    definition.accept(env);
    return flink.submit(name, env);
  }

  /** Where a job's checkpoints are, a directory for each time that it was started. */
  Path checkpoints(String name) {
    return checkpoints.resolve(name);
  }

  void cancel(JobID job) {
    flink.cancel(job);
  }

  /** How often a job was restored from a checkpoint. */
  int restores(JobID job) throws Exception {
    return rest("/jobs/%s/checkpoints".formatted(job)).at("/counts/restored").asInt(-1);
  }

  /**
   * Waits for checkpoints of a job. What it had read before the last but one began is written then.
   */
  void awaitCheckpoints(JobID job, int count) {
    await("checkpoints")
        .atMost(PATIENCE)
        .until(
            () ->
                rest("/jobs/%s/checkpoints".formatted(job)).at("/counts/completed").asInt()
                    >= count);
  }

  /** How often a task of a job has failed. */
  int failures(JobID job) throws Exception {
    return rest("/jobs/%s/exceptions".formatted(job)).at("/exceptionHistory/entries").size();
  }

  /** The sum of a metric of an operator over its subtasks; 0 as long as it is not known. */
  double metric(JobID job, String operator, String metric) throws Exception {
    for (JsonNode vertex : rest("/jobs/" + job).path("vertices")) {
      String metrics =
          "/jobs/%s/vertices/%s/subtasks/metrics".formatted(job, vertex.path("id").asText());
      for (JsonNode each : rest(metrics)) {
        String id = each.path("id").asText();
        if (id.startsWith(operator) && id.endsWith(metric)) {
          return rest(metrics + "?agg=sum&get=" + id).at("/0/sum").asDouble();
        }
      }
    }
    return 0;
  }

  private JsonNode rest(String path) throws Exception {
    return Http.json(flink.web().resolve(path));
  }

  @Override
  public void close() {
    try (broker;
        topics;
        flink) {
      // Closed in reverse: first what uses the others.
    }
  }
}
