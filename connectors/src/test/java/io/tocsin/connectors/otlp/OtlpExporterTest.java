// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.otlp.OtlpExporter.Signal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpExporterTest {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final OtlpListener listener =
      new OtlpListener() {
        @Override
        public void attempted(Signal signal, OtlpOutcome outcome) {
          told.add(signal.word() + " " + outcome);
        }

        @Override
        public void dropped(Signal signal, Reason reason) {
          told.add(signal.word() + " dropped " + reason);
        }
      };
  private OtlpExporter exporter;

  @AfterEach
  void stop() {
    exporter.close();
  }

  private void start(String url, int waiting) {
    exporter =
        new OtlpExporter(
            new OtlpSettings(
                URI.create(url),
                Map.of("X-Token", new Secret("canary")),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                waiting),
            listener);
    exporter.start();
  }

  private static byte[] span(String name) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(ScopeSpans.newBuilder().addSpans(Span.newBuilder().setName(name))))
        .build()
        .toByteArray();
  }

  private static List<String> names(FakeCollector collector) {
    return collector.spans().stream().map(Span::getName).toList();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void whatIsOfferedArrivesInOrderWithTheHeaders() throws Exception {
    try (FakeCollector collector = new FakeCollector()) {
      start(collector.url() + "/", 10);
      exporter.offer(Signal.TRACES, span("a"));
      exporter.offer(Signal.TRACES, span("b"));

      await().until(() -> names(collector).equals(List.of("a", "b")));
      assertThat(collector.tokens()).containsOnly("canary");
      await().until(() -> told.equals(List.of("traces SENT", "traces SENT")));
    }
  }

  @Test
  void aCollectorThatIsNotThereHoldsNobodyUpAndGetsTheLatestWhenItIsBack() throws Exception {
    int port = freePort();
    start("http://127.0.0.1:" + port, 3);
    IntStream.range(0, 100).forEach(i -> exporter.offer(Signal.TRACES, span("s" + i)));

    assertThat(told.stream().filter("traces dropped OVERFLOW"::equals)).hasSize(97);
    await().until(() -> told.contains("traces UNAVAILABLE"));
    try (FakeCollector collector = new FakeCollector(port)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> names(collector).containsAll(List.of("s97", "s98", "s99")));
      assertThat(names(collector)).hasSize(3);
    }
  }

  @Test
  void ofMetricsOnlyTheNewestWait() throws Exception {
    start("http://127.0.0.1:" + freePort(), 3);
    exporter.offer(Signal.TRACES, span("a"));
    IntStream.range(0, 5).forEach(i -> exporter.offer(Signal.METRICS, new byte[] {}));

    assertThat(told.stream().filter("metrics dropped SUPERSEDED"::equals)).hasSize(4);
    assertThat(told).doesNotContain("traces dropped OVERFLOW");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 404, 500})
  void whatIsRefusedIsGivenUpAndTheNextIsSent(int status) throws Exception {
    try (FakeCollector collector = new FakeCollector()) {
      collector.answer(status, "canary".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      start(collector.url(), 10);
      exporter.offer(Signal.TRACES, span("a"));
      await().until(() -> told.equals(List.of("traces REFUSED", "traces dropped REFUSED")));

      collector.answer(200, new byte[] {});
      exporter.offer(Signal.TRACES, span("b"));
      await().until(() -> names(collector).equals(List.of("b")));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void whatIsPutOffIsSentAgain(int status) throws Exception {
    try (FakeCollector collector = new FakeCollector()) {
      collector.answer(status, new byte[] {});
      start(collector.url(), 10);
      exporter.offer(Signal.TRACES, span("a"));
      await().until(() -> told.contains("traces UNAVAILABLE"));

      collector.answer(200, new byte[] {});
      await().atMost(Duration.ofSeconds(30)).until(() -> names(collector).equals(List.of("a")));
    }
  }

  @Test
  void whatIsTakenInPartIsNotSentAgain() throws Exception {
    try (FakeCollector collector = new FakeCollector()) {
      collector.answer(
          200,
          ExportTraceServiceResponse.newBuilder()
              .setPartialSuccess(ExportTracePartialSuccess.newBuilder().setRejectedSpans(1))
              .build()
              .toByteArray());
      start(collector.url(), 10);
      exporter.offer(Signal.TRACES, span("a"));

      await().until(() -> told.equals(List.of("traces PARTIAL")));
      collector.answer(200, new byte[] {});
      exporter.offer(Signal.TRACES, span("b"));
      await().until(() -> names(collector).equals(List.of("a", "b")));
    }
  }
}
