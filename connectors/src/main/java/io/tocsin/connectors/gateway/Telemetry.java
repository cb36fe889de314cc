// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.alertmanager.AlertReader;
import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.otlp.IncidentTrace;
import io.tocsin.connectors.otlp.IncidentTrace.Acceptance;
import io.tocsin.connectors.otlp.IncidentTracer;
import io.tocsin.connectors.otlp.OtlpExporter;
import io.tocsin.connectors.otlp.OtlpExporter.Signal;
import io.tocsin.connectors.otlp.OtlpMetrics;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicFollower;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.Incident;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Hands the gateway's metrics and a trace of each incident to an OpenTelemetry collector. */
final class Telemetry implements AutoCloseable {
  /** An incident is opened for findings that are no older, but for a few that last for long. */
  private static final Duration FINDINGS_PAST = Duration.ofHours(1);

  private final OtlpExporter exporter;
  private final IncidentTracer tracer;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "otlp-metrics");
            thread.setDaemon(true);
            return thread;
          });
  private final TopicFollower<FindingsRecord> findingsReader;
  private final TracedIncidents incidentsReader;

  /**
   * Begins to send metrics.
   *
   * @param settings with an endpoint for OTLP
   */
  Telemetry(GatewaySettings settings, GatewayMetrics metrics, InstantSource clock) {
    OtlpExporter to = new OtlpExporter(settings.otlp(), metrics.otlp());
    Map<String, String> who =
        Map.of(
            "service.name", "tocsin-gateway",
            "service.version", GatewayMetrics.version(),
            "service.instance.id", UUID.randomUUID().toString());
    boolean awaited = !settings.alertmanagers().isEmpty() || !settings.chat().channels().isEmpty();
    tracer =
        new IncidentTracer(
            new IncidentTrace(who), request -> to.offer(Signal.TRACES, request), clock, awaited);
    Map<String, Object> kafka = settings.kafka().client();
    findingsReader =
        new TopicFollower<>(
            kafka,
            new TopicFollower.Source<>(Topic.FINDINGS, Codecs.FINDINGS),
            FINDINGS_PAST,
            tracer.findings());
    incidentsReader =
        new TracedIncidents(
            kafka, tracer, settings.alertmanagers().stream().map(AlertReader::new).toList());
    exporter = to;
    exporter.start();
    OtlpMetrics mapping = new OtlpMetrics(who, clock.millis());
    every(
        settings.otlp().interval(),
        () -> to.offer(Signal.METRICS, mapping.request(metrics.families(), clock.millis())));
  }

  private void every(Duration interval, Runnable task) {
    long millis = interval.toMillis();
    ScheduledFuture<?> unused =
        timer.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Begins to read incidents and findings for their traces. */
  void follow() {
    findingsReader.start();
    incidentsReader.start();
  }

  /** Takes note that a channel was told of an incident for the first time. */
  void told(String channel, Incident incident, long millis) {
    tracer.accepted(incident, new Acceptance(channel, millis));
  }

  @Override
  public void close() {
    timer.shutdownNow();
    incidentsReader.close();
    findingsReader.close();
    exporter.close();
  }
}
