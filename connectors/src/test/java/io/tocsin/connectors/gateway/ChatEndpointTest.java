// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.connectors.chat.ChannelKind;
import io.tocsin.connectors.chat.ChannelSettings;
import io.tocsin.connectors.chat.ChatSettings;
import io.tocsin.connectors.config.Secret;
import io.tocsin.models.incidents.Language;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatEndpointTest {
  private static final String ALERT =
      """
      {"version":"4","alerts":[{"status":"firing","fingerprint":"f","labels":{"alertname":"A"},
       "annotations":{"summary":"a"},"startsAt":"2026-01-01T00:00:00Z"}]}
      """;

  private HttpServer robot;
  private Gateway gateway;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    robot = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    robot.createContext(
        "/",
        exchange -> {
          byte[] ok = "{\"errcode\":0}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, ok.length);
          exchange.getResponseBody().write(ok);
          exchange.close();
        });
    robot.start();
    ChannelSettings channel =
        new ChannelSettings(
            ChannelKind.WECOM,
            new Secret("http://127.0.0.1:" + robot.getAddress().getPort() + "/?key=secret-key"),
            null,
            null,
            "",
            Language.ENGLISH,
            true);
    gateway =
        Gateway.start(
            Settings.with(
                new ChatSettings(
                    Map.of("oncall", channel), Duration.ofSeconds(5), Duration.ofMinutes(1), 10)),
            HeldSink.telling(Delivery.WRITTEN));
    client = new Client(gateway);
  }

  @AfterEach
  void stop() {
    gateway.close();
    robot.stop(0);
  }

  private int post(String channel, String body) throws Exception {
    return client
        .send(client.request("/api/v1/chat/" + channel).POST(BodyPublishers.ofString(body)).build())
        .statusCode();
  }

  @Test
  void whatAlertmanagerPostsGoesToTheChannelAndIsCounted() throws Exception {
    assertThat(post("oncall", ALERT)).isEqualTo(202);

    String sent = "tocsin_alert_sends_total{sink=\"oncall\",outcome=\"sent\",}";
    await().untilAsserted(() -> assertThat(client.metric(sent)).isEqualTo(1));
    assertThat(client.get("/metrics").body()).doesNotContain("secret-key");
  }

  @Test
  void whatCanNeverSucceedIsRefused() throws Exception {
    assertThat(post("nobody", ALERT)).isEqualTo(404);
    assertThat(post("oncall", "[]")).isEqualTo(400);
    assertThat(client.get("/api/v1/chat/oncall").statusCode()).isEqualTo(405);
  }

  @Test
  void aPageOfAnotherSiteMayNotWrite() throws Exception {
    int status =
        client
            .send(
                client
                    .request("/api/v1/chat/oncall")
                    .header("Origin", "https://evil.example")
                    .POST(BodyPublishers.ofString(ALERT))
                    .build())
            .statusCode();

    assertThat(status).isEqualTo(403);
  }
}
