// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicSettings;
import io.tocsin.jobs.incidents.IncidentsJob;
import io.tocsin.jobs.metrics.MetricsJob;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.incidents.IncidentSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes a real machine and a service that can be broken; real Alertmanagers get
 * what comes of it. Two incidents jobs read the same findings: one has one Alertmanager, the other
 * has three, of which one is down and one hangs. Incidents close after a shorter time of quiet than
 * is shipped; all other settings are the shipped ones.
 */
final class RealInputIT {
  private static final Duration HEALTHY = Duration.ofSeconds(75);
  private static final Duration FAULTY = Duration.ofSeconds(20);
  private static final Duration HOLD_OFF = Duration.ofSeconds(15);
  private static final Duration PROMISED = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final String INCIDENT = "TocsinIncident";
  private static final String WATCHDOG = "TocsinWatchdog";

  @TempDir Path directory;

  /** What is to be closed, the last first. */
  private final List<AutoCloseable> open = new ArrayList<>();

  private Pipeline pipeline;
  private FaultyExporter exporter;
  private Prometheus prometheus;
  private WebhookSink sink;
  private WebhookSink sinkBesideDead;
  private Alertmanager alertmanager;
  private Alertmanager besideDead;
  private List<JobID> jobs;

  @Test
  void oneFaultIsOneAlertWithinTenSecondsAndDeadAlertmanagersChangeNothing() throws Exception {
    try {
      start();
      stayHealthy();
      breakTheService();
      mendTheService();
      nothingWasLost();
    } finally {
      for (int i = open.size() - 1; i >= 0; i--) {
        open.get(i).close();
      }
    }
  }

  private void start() throws Exception {
    // First whatever may be missing on this machine.
    for (DebianProgram program :
        List.of(
            DebianProgram.PROMETHEUS, DebianProgram.ALERTMANAGER, DebianProgram.NODE_EXPORTER)) {
      assertThat(program.path()).isNotEmpty();
    }
    sink = closing(new WebhookSink());
    sinkBesideDead = closing(new WebhookSink());
    alertmanager = closing(new Alertmanager(directory, sink.uri()));
    besideDead = closing(new Alertmanager(directory, sinkBesideDead.uri()));
    pipeline = closing(new Pipeline(directory, TopicSettings.DEFAULTS.metricsPartitions()));
    URI down = URI.create("http://127.0.0.1:" + RealProcess.freePort());
    // Connections are taken in by the system, and nobody ever answers.
    ServerSocket hanging = closing(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    URI hangs = URI.create("http://127.0.0.1:" + hanging.getLocalPort());
    jobs =
        List.of(
            metricsJob(),
            incidentsJob("incidents", List.of(alertmanager.uri())),
            incidentsJob("incidents-beside-dead", List.of(down, hangs, besideDead.uri())));
    exporter = closing(new FaultyExporter());
    URI gateway = closing(pipeline.startGateway()).uri();
    prometheus =
        closing(
            new Prometheus(
                directory,
                List.of(nodeExporter(), exporter.target()),
                gateway.resolve("/api/v1/write")));
  }

  private JobID metricsJob() {
    return pipeline.start(
        "metrics",
        1,
        env -> MetricsJob.define(env, pipeline.metricsSettings("metrics", Duration.ofSeconds(10))));
  }

  private JobID incidentsJob(String name, List<URI> alertmanagers) {
    IncidentSettings usual = IncidentSettings.DEFAULTS;
    IncidentSettings sooner =
        new IncidentSettings(
            usual.window(),
            HOLD_OFF,
            usual.updateInterval(),
            usual.changeWindow(),
            usual.watchedRetention(),
            usual.splitAfter(),
            usual.perDay(),
            usual.language(),
            usual.opening(),
            usual.silence(),
            usual.critical(),
            usual.limits());
    return pipeline.start(
        name,
        1,
        env ->
            IncidentsJob.define(
                env,
                pipeline.incidentsSettings(name, sooner, alertmanagers, Duration.ofSeconds(10))));
  }

  private String nodeExporter() throws Exception {
    String address = "127.0.0.1:" + RealProcess.freePort();
    closing(
        RealProcess.start(
            DebianProgram.NODE_EXPORTER,
            List.of("--web.listen-address=" + address),
            directory,
            URI.create("http://" + address + "/metrics")));
    return address;
  }

  /** As long as the event time says; in all that time nothing may fire but the watchdog. */
  private void stayHealthy() throws Exception {
    until("metrics to arrive", () -> progress() > 0);
    long begin = progress();
    while (progress() < begin + HEALTHY.toMillis()) {
      long seen = progress();
      until("event time to go on", () -> progress() > seen);
      assertThat(alertNames(alertmanager)).isSubsetOf(WATCHDOG);
      assertThat(alertNames(besideDead)).isSubsetOf(WATCHDOG);
    }
    until("the watchdog", () -> alertmanager.firing(WATCHDOG).size() == 1);
    until("the other watchdog", () -> besideDead.firing(WATCHDOG).size() == 1);
    assertThat(sink.notices(INCIDENT)).isEmpty();
    assertThat(sinkBesideDead.notices(INCIDENT)).isEmpty();
    print("%d s of event time without an alert", (progress() - begin) / 1000);
  }

  private void breakTheService() throws Exception {
    exporter.fault(true);
    Instant here = whenFiring(alertmanager);
    Instant there = whenFiring(besideDead);
    Instant scraped = exporter.firstFaultyScrape();
    print(
        "first faulty scrape to firing alert: %d ms; beside dead Alertmanagers: %d ms",
        Duration.between(scraped, here).toMillis(), Duration.between(scraped, there).toMillis());
    assertThat(Duration.between(scraped, here)).isLessThanOrEqualTo(PROMISED);
    assertThat(Duration.between(scraped, there)).isLessThanOrEqualTo(PROMISED);

    long until = progress() + FAULTY.toMillis();
    while (progress() < until) {
      long seen = progress();
      until("event time to go on", () -> progress() > seen);
      assertThat(alertNames(alertmanager)).containsExactly(INCIDENT, WATCHDOG);
    }
    await("the same in both Alertmanagers")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(besideDead.firing(INCIDENT)).isEqualTo(alertmanager.firing(INCIDENT)));
    Alertmanager.Firing alert = alertmanager.firing(INCIDENT).get(0);
    assertThat(alert.labels())
        .containsEntry("namespace", "shop")
        .containsEntry("service", "checkout");
    print("%s, %s", alert.labels(), alert.annotations());
  }

  /** Seen at the poll of the one, then of the other: the second is told no sooner than it is. */
  private Instant whenFiring(Alertmanager at) {
    until("a firing incident", () -> at.firing(INCIDENT).size() == 1);
    return Instant.now();
  }

  private void mendTheService() throws Exception {
    exporter.fault(false);
    Instant mended = Instant.now();
    until("the incident to be over", () -> alertmanager.firing(INCIDENT).isEmpty());
    Duration took = Duration.between(mended, Instant.now());
    until("the incident to be over there too", () -> besideDead.firing(INCIDENT).isEmpty());
    print(
        "end of the fault to resolved alert: %d ms, of which %s are hold-off",
        took.toMillis(), HOLD_OFF);
    for (WebhookSink each : List.of(sink, sinkBesideDead)) {
      until("the notice of the end", () -> each.notices(INCIDENT).size() == 2);
      assertThat(each.notices(INCIDENT))
          .extracting(WebhookSink.Notice::status)
          .containsExactly("firing", "resolved");
    }
    assertThat(sinkBesideDead.notices(INCIDENT)).isEqualTo(sink.notices(INCIDENT));
    assertThat(alertNames(alertmanager)).containsExactly(WATCHDOG);
  }

  private void nothingWasLost() throws Exception {
    for (String job : List.of("incidents", "incidents-beside-dead")) {
      pipeline.topics().awaitConsumed(job, Topic.FINDINGS);
    }
    for (JobID job : jobs) {
      assertThat(pipeline.failures(job)).isZero();
    }
    assertThat(pipeline.topics().read(Topic.DEAD_LETTERS, Codecs.DEAD_LETTERS)).isEmpty();
    double sent = prometheus.own("prometheus_remote_storage_samples_total");
    double failed = prometheus.own("prometheus_remote_storage_samples_failed_total");
    double dropped = prometheus.own("prometheus_remote_storage_samples_dropped_total");
    print("Prometheus: %.0f samples sent, %.0f failed, %.0f dropped", sent, failed, dropped);
    assertThat(sent).isPositive();
    assertThat(failed).isZero();
    assertThat(dropped).isZero();
  }

  /** How far the metrics job has come in event time; 0 before it has said so. */
  private long progress() throws Exception {
    return pipeline.topics().read(Topic.FINDINGS, Codecs.FINDINGS).stream()
        .map(FindingsRecord::progress)
        .filter(Objects::nonNull)
        .mapToLong(Progress::time)
        .max()
        .orElse(0);
  }

  private static List<String> alertNames(Alertmanager of) throws Exception {
    return of.firing().stream().map(Alertmanager.Firing::name).sorted().toList();
  }

  private static void until(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollInterval(POLL).until(condition);
  }

  private <T extends AutoCloseable> T closing(T closeable) {
    open.add(closeable);
    return closeable;
  }

  private static void print(String text, Object... values) {
    System.out.printf("real input: " + text + "%n", values);
  }
}
