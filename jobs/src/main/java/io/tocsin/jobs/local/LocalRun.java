// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.connectors.gateway.Gateway;
import io.tocsin.connectors.gateway.GatewayException;
import io.tocsin.connectors.gateway.GatewaySettings;
import io.tocsin.connectors.gateway.KafkaSettings;
import io.tocsin.connectors.gateway.ListenSettings;
import io.tocsin.connectors.otlp.OtlpSettings;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicCreator;
import io.tocsin.connectors.topics.TopicException;
import io.tocsin.connectors.topics.TopicSettings;
import io.tocsin.jobs.local.Console.Wait;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** Broker, topics, gateway and jobs, all on this machine. */
final class LocalRun {
  /** One partition: a laptop has nothing to gain from more, and none of them is ever silent. */
  private static final TopicSettings TOPICS = new TopicSettings(1, 1, 1, Duration.ofSeconds(30));

  private static final int SLOTS = 6;

  private final LocalSettings settings;
  private final Console console;
  private final Resources resources;
  private final KafkaBroker broker;
  private final Gateway gateway;
  private final JobMetrics metrics;
  private final LocalFlink flink;
  private final Vitals vitals;

  /**
   * Starts all of it and shows how it comes up.
   *
   * @throws LocalRunException when something does not
   */
  LocalRun(LocalSettings settings, RunDirectory directory, Resources resources, Console console) {
    this.settings = settings;
    this.console = console;
    this.resources = resources;
    Ports.requireFree(settings.host(), settings.port(), "choose another with --listen");
    Ports.requireFree("127.0.0.1", settings.webPort(), "choose another with --web-port");
    metrics = JobMetrics.at(settings.metricsPort());
    broker = startBroker(directory);
    createTopics();
    tellBroker();
    gateway = startGateway();
    flink = startFlink(directory);
    vitals = new Vitals(broker::isAlive, brokerLog(directory), flink, startJobs());
  }

  private KafkaBroker startBroker(RunDirectory directory) {
    Wait wait = console.begin("Starting Kafka");
    KafkaBroker started =
        KafkaBroker.start(
            new BrokerSettings(
                directory.path().resolve("kafka"),
                !directory.isTemporary(),
                brokerLog(directory),
                settings.kafkaPort()),
            resources::add);
    wait.done("Kafka runs at " + started.bootstrapServers());
    return started;
  }

  private static Path brokerLog(RunDirectory directory) {
    return directory.path().resolve("kafka.log");
  }

  /** So that other commands of this checkout find it. */
  private void tellBroker() {
    try {
      resources.add(BrokerFile.ofThisCheckout()).write(broker.bootstrapServers());
    } catch (IOException e) {
      throw new LocalRunException(
          "Other commands cannot be told of this run: %s.".formatted(Causes.first(e)), e);
    }
  }

  private void createTopics() {
    Wait wait = console.begin("Creating the topics");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicCreator(admin, TOPICS).ensure(List.of(Topic.values()));
      createLogTopics(admin);
      if (settings.replay()) {
        keepThePast(admin);
      }
    } catch (TopicException e) {
      throw new LocalRunException("The topics cannot be created: %s.".formatted(e.getMessage()), e);
    } catch (ExecutionException e) {
      throw new LocalRunException(
          "The topics cannot be created: %s.".formatted(Causes.first(e)), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    wait.done("The topics are there");
  }

  /** Those that shippers write to, if nobody else has created them. */
  private void createLogTopics(Admin admin) throws ExecutionException, InterruptedException {
    Set<String> wanted = new TreeSet<>();
    settings.logs().forEach(input -> wanted.add(input.topic()));
    wanted.removeAll(admin.listTopics().names().get());
    List<NewTopic> missing =
        wanted.stream()
            .map(
                name ->
                    new NewTopic(name, 1, (short) 1)
                        .configs(Map.of("message.timestamp.type", "LogAppendTime")))
            .toList();
    admin.createTopics(missing).all().get();
  }

  /** What is replayed keeps its time, which is long ago; the broker deletes by it. */
  private static void keepThePast(Admin admin) throws ExecutionException, InterruptedException {
    List<AlterConfigOp> changes =
        List.of(
            new AlterConfigOp(new ConfigEntry("message.timestamp.type", "CreateTime"), OpType.SET),
            new AlterConfigOp(new ConfigEntry("retention.ms", "-1"), OpType.SET),
            new AlterConfigOp(new ConfigEntry("segment.ms", ""), OpType.DELETE));
    for (Topic topic : List.of(Topic.METRICS, Topic.LOGS)) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
      admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
    }
  }

  private Gateway startGateway() {
    Wait wait = console.begin("Starting the gateway");
    GatewaySettings usual = GatewaySettings.DEFAULTS;
    ListenSettings listen = usual.listen();
    try {
      Gateway started =
          resources.add(
              Gateway.start(
                  new GatewaySettings(
                      new ListenSettings(
                          settings.host(),
                          settings.port(),
                          listen.idleTimeout(),
                          listen.maxConnections(),
                          null),
                      new KafkaSettings(broker.bootstrapServers(), Map.of(), TOPICS),
                      usual.limits(),
                      null,
                      usual.tenantHeader(),
                      settings.replay() ? Duration.ZERO : usual.heartbeat(),
                      settings.alertmanagers().stream()
                          .map(url -> AlertmanagerAddress.of(url.toString()))
                          .toList(),
                      usual.page(),
                      usual.chat(),
                      OtlpSettings.of(System.getenv()))));
      awaitReady(started);
      wait.done("The gateway listens at " + started.uri());
      return started;
    } catch (GatewayException | IllegalArgumentException e) {
      throw new LocalRunException(
          "The gateway cannot be started: %s.".formatted(e.getMessage()), e);
    }
  }

  private static void awaitReady(Gateway gateway) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!gateway.ready()) {
      if (System.nanoTime() - deadline > 0) {
        throw new LocalRunException("The gateway did not reach Kafka within 30 s.");
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private LocalFlink startFlink(RunDirectory directory) {
    Wait wait = console.begin("Starting Flink");
    LocalFlink started =
        resources.add(
            LocalFlink.start(
                directory.path().resolve("flink"), settings.webPort(), SLOTS, metrics.options()));
    wait.done("Flink runs, its web interface is " + started.web());
    return started;
  }

  private Map<String, JobID> startJobs() {
    Wait wait = console.begin("Starting the jobs");
    StreamExecutionEnvironment metrics = flink.environment(Jobs.METRICS);
    metrics.setParallelism(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    Jobs.defineMetrics(metrics, broker.bootstrapServers(), settings);
    JobID metricsJob = flink.submit(Jobs.METRICS, metrics);
    StreamExecutionEnvironment incidents = flink.environment(Jobs.INCIDENTS);
    incidents.setParallelism(1);
    Jobs.defineIncidents(incidents, broker.bootstrapServers(), settings, gateway.uri());
    JobID incidentsJob = flink.submit(Jobs.INCIDENTS, incidents);
    Map<String, JobID> jobs = new TreeMap<>();
    jobs.put(Jobs.METRICS, metricsJob);
    jobs.put(Jobs.INCIDENTS, incidentsJob);
    if (!settings.logs().isEmpty()) {
      StreamExecutionEnvironment logs = flink.environment(Jobs.LOGS);
      logs.setParallelism(1);
      Jobs.defineLogs(logs, broker.bootstrapServers(), settings);
      jobs.put(Jobs.LOGS, flink.submit(Jobs.LOGS, logs));
    }
    wait.done("The jobs run: " + String.join(", ", jobs.keySet()));
    return jobs;
  }

  private static LocalRunException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new LocalRunException("Starting was interrupted.", e);
  }

  /** Where samples and changes go. */
  URI gateway() {
    return gateway.uri();
  }

  /** Whether all of it is alive. */
  Vitals vitals() {
    return vitals;
  }

  URI web() {
    return flink.web();
  }

  /** Where the live samples of what is played go as well, or nothing. */
  @Nullable URI mirror() {
    return settings.remoteWrite();
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** The addresses, for people. */
  String addresses() {
    return """

      incidents     %s
      Flink         %s
      remote write  %s
      changes       %s
      metrics       %s
                    %s
      Kafka         %s
    """
        .formatted(
            gateway().resolve("/incidents"),
            web(),
            gateway().resolve("/api/v1/write"),
            gateway().resolve("/api/v1/changes"),
            gateway().resolve("/metrics"),
            metrics.uri(),
            bootstrapServers());
  }
}
