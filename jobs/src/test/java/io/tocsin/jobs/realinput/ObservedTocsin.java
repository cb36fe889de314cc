// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.gateway.Gateway;
import io.tocsin.connectors.gateway.GatewaySettings;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.remotewrite.RemoteWriteHeaders;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.incidents.Findings;
import io.tocsin.jobs.incidents.IncidentsJob;
import io.tocsin.jobs.incidents.IncidentsSettings;
import io.tocsin.jobs.metrics.BandOutputSettings;
import io.tocsin.jobs.metrics.MetricsJob;
import io.tocsin.jobs.metrics.MetricsSettings;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.IncidentSettings;
import io.tocsin.models.rules.Role;
import io.tocsin.models.series.SeriesSettings;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;

/**
 * Broker, gateway and jobs with their metrics, and with receivers that can be told to misbehave.
 * Nothing goes on by itself: the gateway sends no heartbeat, so a test says when something happens.
 */
final class ObservedTocsin implements AutoCloseable {
  static final String METRICS = "tocsin-metrics";
  static final String INCIDENTS = "tocsin-incidents";

  /** Series of one shard; little, so that a shard is soon full. */
  static final int MOST_SERIES = 50;

  /** More incidents a day than this are too many. */
  static final int INCIDENTS_PER_DAY = 2;

  /** Samples that wait for the receiver of bands; little, so that they soon wait no more. */
  private static final int WAITING = 200;

  private static final Duration CHECKPOINTS = Duration.ofMillis(100);
  private static final Duration RESEND = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final long STEP_MILLIS = 10_000;
  private static final double STRONG = 2;
  private static final long HOUR_SECONDS = 3_600;
  private static final int NO_CONTENT = 204;

  final FakeReceiver bands = new FakeReceiver();
  final FakeReceiver alertmanager = new FakeReceiver();
  final FakeReceiver fussyAlertmanager = new FakeReceiver();
  final SmallCluster small;
  final Pipeline pipeline;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI jobs;
  private final Gateway gateway;
  private long time = System.currentTimeMillis() - Duration.ofMinutes(40).toMillis();
  private double total;
  private long second = (time - Findings.START) / Findings.SECOND + HOUR_SECONDS;

  ObservedTocsin(Path directory) throws Exception {
    small = new SmallCluster(directory.resolve("small"));
    int port = RealProcess.freePort();
    jobs = Reporter.metrics(port);
    pipeline = new Pipeline(directory, 1, Reporter.options(port));
    try {
      gateway = startGateway();
      startMetrics(METRICS);
      IncidentsSettings settings = incidentsSettings();
      pipeline.start(INCIDENTS, 1, env -> IncidentsJob.define(env, settings));
      // The first sample of a counter is not judged.
      send(JobTroubles.failures(2));
    } catch (Exception | Error e) {
      try (small) {
        pipeline.close();
      }
      throw e;
    }
  }

  private Gateway startGateway() throws Exception {
    GatewaySettings usual = GatewaySettings.DEFAULTS;
    return pipeline.startGateway(usual.limits(), Duration.ZERO, usual.chat());
  }

  /** Starts a job that judges metrics, and writes scores and bands to the receiver. */
  JobID startMetrics(String name) {
    MetricsSettings usual = pipeline.metricsSettings(name, CHECKPOINTS);
    SeriesSettings series = usual.series();
    MetricsSettings settings =
        new MetricsSettings(
            usual.kafka(),
            usual.limits(),
            usual.metrics(),
            usual.entities(),
            new SeriesSettings(
                series.leastObservations(),
                series.quantileSpan(),
                series.futureLimit(),
                series.gap(),
                series.silence(),
                series.expiry(),
                series.memory(),
                MOST_SERIES),
            usual.band(),
            usual.episodes(),
            usual.together(),
            new BandOutputSettings(bands.uri(), new Secret(""), WAITING),
            usual.lateness(),
            usual.idleness(),
            usual.learnUntil(),
            usual.checkpointInterval(),
            usual.coreHourUsd());
    return pipeline.start(name, 1, env -> MetricsJob.define(env, settings));
  }

  private IncidentsSettings incidentsSettings() {
    IncidentsSettings usual =
        pipeline.incidentsSettings(
            INCIDENTS,
            soonTooMany(IncidentSettings.DEFAULTS),
            List.of(alertmanager.uri(), fussyAlertmanager.uri()),
            CHECKPOINTS);
    return new IncidentsSettings(
        usual.kafka(),
        usual.incidents(),
        usual.calls(),
        usual.owners(),
        usual.alertmanagers(),
        RESEND,
        usual.watchdog(),
        usual.externalUrl(),
        usual.checkpointInterval());
  }

  private static IncidentSettings soonTooMany(IncidentSettings usual) {
    return new IncidentSettings(
        usual.window(),
        usual.holdOff(),
        usual.updateInterval(),
        usual.changeWindow(),
        usual.watchedRetention(),
        usual.splitAfter(),
        INCIDENTS_PER_DAY,
        usual.language(),
        usual.opening(),
        usual.silence(),
        usual.critical(),
        usual.limits());
  }

  /** Where the jobs' metrics are. */
  URI jobs() {
    return jobs;
  }

  /** Where a gateway's metrics are. */
  static URI metricsOf(Gateway gateway) {
    return gateway.uri().resolve("/metrics");
  }

  /** What Prometheus scrapes: the gateway and the jobs, of which these are looked at. */
  Scrapes scrapes(String... flinkJobs) throws IOException {
    return scrapes(metricsOf(gateway), jobs, flinkJobs);
  }

  /** The same with another gateway. */
  Scrapes scrapes(Gateway instead) throws IOException {
    return scrapes(metricsOf(instead), jobs);
  }

  /** The same with another cluster. */
  Scrapes scrapes(URI instead) throws IOException {
    return scrapes(metricsOf(gateway), instead);
  }

  private static Scrapes scrapes(URI gateway, URI jobs, String... flinkJobs) throws IOException {
    return new Scrapes(
        List.of(
            new Scrapes.Target("tocsin-gateway", gateway), new Scrapes.Target("tocsin-jobs", jobs)),
        flinkJobs);
  }

  /** Sends the next sample of some counters. */
  void send(List<Labels> series) throws Exception {
    time += STEP_MILLIS;
    total += 100;
    send(series, time);
  }

  /** Sends a sample that is older than what was sent before. */
  void sendLate(List<Labels> series) throws Exception {
    send(series, time - STEP_MILLIS / 2);
  }

  private void send(List<Labels> series, long at) throws Exception {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
    series.forEach(each -> encoder.sample(RemoteWriteEncoder.encodeLabels(each), at, total));
    assertThat(write(gateway, encoder.finish())).isEqualTo(NO_CONTENT);
  }

  /** Lets event time of incidents go on by so much, as a job that finds does. */
  void progress(int seconds) throws Exception {
    second += seconds;
    tell(Findings.progress(second));
  }

  /** Tells that something users feel is wrong with a service. */
  void symptom(String service) throws Exception {
    symptom("f-" + service, Findings.service("crowded", service));
  }

  /** The same of a service of a namespace of a cluster. */
  void symptom(String cluster, String namespace) throws Exception {
    Entity checkout = new Entity(cluster, namespace, "checkout", "checkout", "", "");
    symptom("f-" + cluster + "-" + namespace, checkout);
  }

  private void symptom(String id, Entity entity) throws Exception {
    tell(FindingsRecord.of(Findings.finding(id, entity, Role.SYMPTOM, second + 1, STRONG)));
  }

  private void tell(FindingsRecord record) throws Exception {
    byte[] value = Codecs.FINDINGS.encode(record);
    pipeline.topics().write(List.of(new ProducerRecord<>(Topic.FINDINGS.topicName(), value)));
  }

  /** Writes a body to a gateway; returns the status that it answers. */
  int write(Gateway to, byte[] body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.uri().resolve("/api/v1/write"))
            .header("Content-Type", RemoteWriteHeaders.contentType(Protocol.V1))
            .header("Content-Encoding", RemoteWriteHeaders.ENCODING);
    return post(request, body);
  }

  /** Posts a body; returns the status of the answer. */
  int post(HttpRequest.Builder request, byte[] body) throws IOException, InterruptedException {
    HttpRequest post = request.POST(BodyPublishers.ofByteArray(body)).build();
    return http.send(post, BodyHandlers.discarding()).statusCode();
  }

  /** Does something and waits until a metric of the jobs has risen by so much since. */
  void awaitRise(Scrapes.Cause cause, double by, String name, String... labels) throws Exception {
    awaitRise(jobs, cause, by, name, labels);
  }

  /**
   * Waits until a metric of the jobs does not change any more, for longer than alerts are resent.
   */
  void awaitStill(String name, String... labels) {
    double[] last = {Double.NaN};
    Awaitility.await(name + " to stand still")
        .atMost(PATIENCE)
        .during(RESEND.multipliedBy(3))
        .until(
            () -> {
              double before = last[0];
              last[0] = Exposition.sum(jobs, name, labels);
              return before == last[0];
            });
  }

  /** Waits until a metric of the jobs is so much. */
  void awaitValue(double least, String name, String... labels) {
    await(name, () -> Exposition.sum(jobs, name, labels) >= least);
  }

  /** The same as the first of a metric that is found elsewhere. */
  static void awaitRise(URI uri, Scrapes.Cause cause, double by, String name, String... labels)
      throws Exception {
    double before = Exposition.sum(uri, name, labels);
    cause.happen();
    await(name, () -> Exposition.sum(uri, name, labels) >= before + by);
  }

  /** Does something and lets event time of incidents go on until a metric of the jobs has risen. */
  void progressUntilRise(Scrapes.Cause cause, String name, String... labels) throws Exception {
    double before = Exposition.sum(jobs, name, labels);
    cause.happen();
    await(
        name,
        () -> {
          progress(1);
          return Exposition.sum(jobs, name, labels) > before;
        });
  }

  private static void await(String name, Callable<Boolean> hasRisen) {
    Awaitility.await(name + " to rise")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .until(hasRisen);
  }

  @Override
  public void close() {
    try (bands;
        alertmanager;
        fussyAlertmanager;
        small;
        pipeline;
        gateway) {
      // Closed in reverse: first what uses the others.
    }
  }
}
