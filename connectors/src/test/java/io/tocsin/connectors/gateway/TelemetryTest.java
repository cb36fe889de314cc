// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.connectors.chat.ChannelKind;
import io.tocsin.connectors.chat.ChannelSettings;
import io.tocsin.connectors.chat.ChatSettings;
import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.otlp.FakeCollector;
import io.tocsin.connectors.otlp.OtlpSettings;
import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Language;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.telemetry.Entity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gateway tells a collector. */
class TelemetryTest {
  private static final String ID = "0123456789abcdef";
  private static final String ALERT =
      """
      {"version":"4","alerts":[{"status":"firing","fingerprint":"f",
       "labels":{"alertname":"A","incident":"%s"},
       "annotations":{"summary":"a"},"startsAt":"2026-01-01T00:00:00Z"}]}
      """
          .formatted(ID);

  private final IncidentIndex index = new IncidentIndex();
  private HttpServer robot;
  private FakeCollector collector;

  @BeforeEach
  void start() throws Exception {
    collector = new FakeCollector();
    robot = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    robot.createContext(
        "/",
        exchange -> {
          byte[] ok = "{\"errcode\":0}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, ok.length);
          exchange.getResponseBody().write(ok);
          exchange.close();
        });
    robot.start();
  }

  @AfterEach
  void stop() {
    robot.stop(0);
    collector.close();
  }

  private Gateway gateway(String endpoint) throws GatewayException {
    ChannelSettings channel =
        new ChannelSettings(
            ChannelKind.WECOM,
            new Secret("http://127.0.0.1:" + robot.getAddress().getPort() + "/?key=secret-key"),
            null,
            null,
            "",
            Language.ENGLISH,
            false,
            true);
    ChatSettings chat =
        new ChatSettings(
            Map.of("oncall", channel), null, Duration.ofSeconds(5), Duration.ofMinutes(1), 10);
    OtlpSettings otlp =
        new OtlpSettings(
            URI.create(endpoint), Map.of(), Duration.ofSeconds(1), Duration.ofSeconds(5), 8);
    return Gateway.start(
        Settings.with(chat).with(otlp), HeldSink.telling(Delivery.WRITTEN), index, () -> {});
  }

  private static Incident incident() {
    return new Incident(
        ID,
        Incident.Transition.OPENED,
        1,
        1_000,
        500,
        900,
        0,
        Severity.WARNING,
        new Entity("", "shop", "", "checkout", "", ""),
        "t",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        3,
        Grouping.NONE);
  }

  private static int post(Client client) throws Exception {
    return client
        .send(client.request("/api/v1/chat/oncall").POST(BodyPublishers.ofString(ALERT)).build())
        .statusCode();
  }

  @Test
  void itsMetricsGoToTheCollector() throws Exception {
    try (Gateway gateway = gateway(collector.url())) {
      Client client = new Client(gateway);
      client.get("/-/ready");

      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  collector.metrics().stream()
                      .filter(each -> each.getName().equals("tocsin_gateway_requests_total"))
                      .anyMatch(each -> each.getSum().getDataPointsCount() > 0));
      assertThat(collector.metrics().stream().map(Metric::getName))
          .contains("tocsin_gateway_ready", "tocsin_build_info", "process_start_time_seconds");
      await()
          .until(
              () ->
                  client.metric("tocsin_otlp_exports_total{signal=\"metrics\",outcome=\"sent\",}")
                      > 0);
    }
  }

  @Test
  void aMessageAboutAnIncidentIsPartOfItsTrace() throws Exception {
    index.take(incident());
    try (Gateway gateway = gateway(collector.url())) {
      Client client = new Client(gateway);
      assertThat(post(client)).isEqualTo(202);
      await().until(() -> !collector.spans().isEmpty());
      assertThat(post(client)).isEqualTo(202);

      Span sent = collector.spans().get(0);
      assertThat(sent.getName()).isEqualTo("sent");
      assertThat(sent.getAttributesList().toString()).contains(ID, "oncall");
      String messages = "tocsin_alert_sends_total{sink=\"oncall\",outcome=\"sent\",}";
      await().until(() -> client.metric(messages) == 1);
      assertThat(collector.spans()).hasSize(1);
    }
  }

  @Test
  void aCollectorThatIsNotThereChangesNothingForAnybody() throws Exception {
    String gone;
    try (FakeCollector other = new FakeCollector()) {
      gone = other.url();
    }
    index.take(incident());
    try (Gateway gateway = gateway(gone)) {
      Client client = new Client(gateway);
      assertThat(post(client)).isEqualTo(202);
      String sent = "tocsin_alert_sends_total{sink=\"oncall\",outcome=\"sent\",}";
      await().until(() -> client.metric(sent) == 1);
      String unavailable = "tocsin_otlp_exports_total{signal=\"traces\",outcome=\"unavailable\",}";
      await().until(() -> client.metric(unavailable) > 0);
      assertThat(client.get("/-/ready").statusCode()).isEqualTo(200);
    }
  }
}
