// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import io.tocsin.connectors.chat.ChatListener;
import io.tocsin.connectors.chat.ChatOutcome;
import io.tocsin.connectors.gateway.RemoteWriteCheck.Contents;
import io.tocsin.connectors.otlp.OtlpExporter.Signal;
import io.tocsin.connectors.otlp.OtlpListener;
import io.tocsin.connectors.otlp.OtlpOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What the gateway tells about itself. */
final class GatewayMetrics {
  private static final String SUCCESS = "success";
  private static final String FAILURE = "failure";

  private final CollectorRegistry registry = new CollectorRegistry();

  private final Counter requests =
      Counter.build("tocsin_gateway_requests_total", "Requests by path and status.")
          .labelNames("path", "code")
          .register(registry);
  private final Counter rejected =
      Counter.build("tocsin_gateway_rejected_total", "Requests that were not taken, by reason.")
          .labelNames("reason")
          .register(registry);
  private final Counter samples =
      Counter.build("tocsin_gateway_samples_total", "Samples that Kafka has acknowledged.")
          .register(registry);
  private final Counter histograms =
      Counter.build(
              "tocsin_gateway_histograms_total", "Native histograms that Kafka has acknowledged.")
          .register(registry);
  private final Counter exemplars =
      Counter.build("tocsin_gateway_exemplars_total", "Exemplars that Kafka has acknowledged.")
          .register(registry);
  private final Counter changes =
      Counter.build("tocsin_gateway_changes_total", "Changes that Kafka has acknowledged.")
          .register(registry);
  private final Counter heartbeatFailures =
      Counter.build(
              "tocsin_gateway_heartbeat_failures_total",
              "Heartbeats that Kafka has not acknowledged.")
          .register(registry);
  private final Histogram produceSeconds =
      Histogram.build(
              "tocsin_gateway_produce_duration_seconds",
              "Time from handing a body to Kafka to its acknowledgement or failure.")
          .buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
          .register(registry);
  private final Counter sends =
      Counter.build(
              "tocsin_alert_sends_total",
              "Attempts to tell a chat channel something, by channel and outcome.")
          .labelNames("sink", "outcome")
          .register(registry);
  private final Histogram sendSeconds =
      Histogram.build(
              "tocsin_alert_send_duration_seconds", "Time of an attempt to tell a chat channel.")
          .labelNames("sink")
          .buckets(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
          .register(registry);
  private final Counter chatDropped =
      Counter.build("tocsin_chat_dropped_total", "Messages that are not sent any more.")
          .labelNames("sink", "reason")
          .register(registry);
  private final Counter chatUnillustrated =
      Counter.build(
              "tocsin_chat_unillustrated_total",
              "Messages about incidents that were sent without the picture of the symptom.")
          .labelNames("sink", "reason")
          .register(registry);
  private final Gauge chatWaiting =
      Gauge.build("tocsin_chat_waiting", "Messages that wait for a chat channel.")
          .labelNames("sink")
          .register(registry);
  private final Counter otlpExports =
      Counter.build(
              "tocsin_otlp_exports_total",
              "Attempts to send something to the OpenTelemetry collector, by outcome.")
          .labelNames("signal", "outcome")
          .register(registry);
  private final Counter otlpDropped =
      Counter.build(
              "tocsin_otlp_dropped_total",
              "Requests to the OpenTelemetry collector that are not sent any more.")
          .labelNames("signal", "reason")
          .register(registry);
  private final Counter reloads =
      Counter.build("tocsin_config_reloads_total", "Changes of certificate and key that were read.")
          .labelNames("status")
          .register(registry);
  private final Gauge reloaded =
      Gauge.build(
              "tocsin_config_last_reload_successful",
              "1 when the latest configuration, certificate and key are in use, else 0.")
          .register(registry);
  private final Gauge reloadTime =
      Gauge.build(
              "tocsin_config_last_reload_success_timestamp_seconds",
              "When configuration, certificate or key were read last with success.")
          .register(registry);
  private final Gauge bytesInFlight =
      Gauge.build("tocsin_gateway_in_flight_bytes", "Bytes of bodies held in memory.")
          .register(registry);
  private final Gauge requestsInFlight =
      Gauge.build("tocsin_gateway_in_flight_requests", "Requests being handled.")
          .register(registry);
  private final Gauge ready =
      Gauge.build("tocsin_gateway_ready", "1 when Kafka answers and the topics exist, else 0.")
          .register(registry);

  /** Sets what is only known when it is asked for. */
  private volatile Runnable refresh = () -> {};

  GatewayMetrics() {
    Gauge.build("tocsin_build_info", "Always 1; the version is in the label.")
        .labelNames("version")
        .register(registry)
        .labels(version())
        .set(1);
    DefaultExports.register(registry);
    // Each is there from the start: of one that comes with its first event, that would be no rise.
    for (Signal signal : Signal.values()) {
      for (OtlpOutcome outcome : OtlpOutcome.values()) {
        otlpExports.labels(signal.word(), word(outcome));
      }
      for (OtlpListener.Reason reason : OtlpListener.Reason.values()) {
        otlpDropped.labels(signal.word(), word(reason));
      }
    }
    reloads.labels(SUCCESS);
    reloads.labels(FAILURE);
    reloaded.set(1);
    reloadTime.setToCurrentTime();
  }

  /** Notes a look at what may change while the gateway runs. */
  void reloaded(TlsFiles.Reload outcome) {
    switch (outcome) {
      case UNCHANGED -> {
        // What is in use stays.
      }
      case DONE -> {
        reloads.labels(SUCCESS).inc();
        reloaded.set(1);
        reloadTime.setToCurrentTime();
      }
      case FAILED -> {
        reloads.labels(FAILURE).inc();
        reloaded.set(0);
      }
    }
  }

  /** Notes the end of a request; the answer is null when the sender went away. */
  void answered(String path, @Nullable Answer answer) {
    requests.labels(path, answer == null ? "none" : Integer.toString(answer.status())).inc();
    if (answer != null && !answer.reason().isEmpty()) {
      rejected.labels(answer.reason()).inc();
    }
  }

  void written(Contents contents) {
    samples.inc(contents.samples());
    histograms.inc(contents.histograms());
    exemplars.inc(contents.exemplars());
  }

  void changesWritten(int count) {
    changes.inc(count);
  }

  void heartbeatFailed() {
    heartbeatFailures.inc();
  }

  void produced(long nanos) {
    produceSeconds.observe(nanos / 1e9);
  }

  /**
   * Counts what becomes of chat messages.
   *
   * @param told hears of each first message about an incident or alert, with the channel
   */
  ChatListener chat(BiConsumer<String, String> told) {
    return new ChatListener() {
      @Override
      public void attempted(String channel, ChatOutcome outcome, Duration took) {
        sends.labels(channel, word(outcome)).inc();
        sendSeconds.labels(channel).observe(took.toNanos() / 1e9);
      }

      @Override
      public void dropped(String channel, ChatOutcome why) {
        chatDropped.labels(channel, word(why)).inc();
      }

      @Override
      public void unillustrated(String channel, Unillustrated why) {
        chatUnillustrated.labels(channel, word(why)).inc();
      }

      @Override
      public void began(String channel, String key) {
        told.accept(channel, key);
      }
    };
  }

  /** Counts what becomes of what is sent by OTLP. */
  OtlpListener otlp() {
    return new OtlpListener() {
      @Override
      public void attempted(Signal signal, OtlpOutcome outcome) {
        otlpExports.labels(signal.word(), word(outcome)).inc();
      }

      @Override
      public void dropped(Signal signal, Reason reason) {
        otlpDropped.labels(signal.word(), word(reason)).inc();
      }
    };
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Begins to tell of a chat channel: how many messages wait for it, and what has become of others,
   * which is nothing yet. Of a counter that comes with its first event, that event would be no
   * rise.
   */
  void expectChannel(String channel, IntSupplier waiting) {
    for (ChatOutcome outcome : ChatOutcome.values()) {
      sends.labels(channel, word(outcome));
      if (outcome != ChatOutcome.SENT) {
        chatDropped.labels(channel, word(outcome));
      }
    }
    Gauge.Child child =
        new Gauge.Child() {
          @Override
          public double get() {
            return waiting.getAsInt();
          }
        };
    chatWaiting.setChild(child, channel);
  }

  /** Shows what is held in memory, and whether Kafka is there. */
  void show(Admission admission, BooleanSupplier isReady) {
    refresh =
        () -> {
          bytesInFlight.set((double) admission.bytes());
          requestsInFlight.set(admission.requests());
          ready.set(isReady.getAsBoolean() ? 1 : 0);
        };
  }

  /** All metrics as they are now. */
  Enumeration<MetricFamilySamples> families() {
    refresh.run();
    return registry.metricFamilySamples();
  }

  /** All metrics in Prometheus' text format. */
  String text() {
    StringWriter text = new StringWriter();
    try {
      TextFormat.write004(text, families());
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
    return text.toString();
  }

  /** The version that Maven notes in the jar; a build that is not a jar has none. */
  static String version() {
    try (InputStream in =
        GatewayMetrics.class.getResourceAsStream(
            "/META-INF/maven/io.tocsin/tocsin-connectors/pom.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
