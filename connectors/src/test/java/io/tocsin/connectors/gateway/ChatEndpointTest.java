// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.chat.ChannelKind;
import io.tocsin.connectors.chat.ChannelSettings;
import io.tocsin.connectors.chat.ChatSettings;
import io.tocsin.connectors.chat.FakeChat;
import io.tocsin.connectors.chat.Webhooks;
import io.tocsin.connectors.page.Shown;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Language;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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

  private static final String PICTURE = "/incidents/" + Shown.ID + "/symptom.png";

  private final IncidentIndex index = new IncidentIndex();
  private FakeChat slack;
  private Gateway gateway;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    slack = new FakeChat();
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ChannelSettings channel =
        Webhooks.channel(ChannelKind.SLACK, slack.url("/slack?key=secret-key"), Language.ENGLISH);
    ChatSettings chat =
        new ChatSettings(
            Map.of("oncall", channel),
            URI.create("http://127.0.0.1:" + port),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            10);
    index.take(Shown.incident(Shown.ID, Transition.OPENED, 1));
    gateway =
        Gateway.start(
            Settings.with(
                Settings.with(chat),
                new ListenSettings("127.0.0.1", port, Duration.ofMinutes(1), 100, null)),
            HeldSink.telling(Delivery.WRITTEN),
            new Gateway.Seen(Shown.pages(), index, () -> {}));
    client = new Client(gateway);
  }

  @AfterEach
  void stop() {
    gateway.close();
    slack.close();
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
  void theProgramFetchesThePictureOfTheSymptom() throws Exception {
    assertThat(post("oncall", new String(Webhooks.body(Shown.ID, false), UTF_8))).isEqualTo(202);

    await().until(() -> !slack.accepted().isEmpty());
    String url = slack.accepted().get(0).body().at("/blocks/2/image_url").asText();
    assertThat(url).isEqualTo(gateway.uri().resolve(PICTURE + "?revision=2").toString());
    assertThat(client.get("/metrics").body()).doesNotContain("tocsin_chat_unillustrated_total{");
  }

  @Test
  void aPictureMayBeKeptForAWhile() throws Exception {
    HttpResponse<String> picture = client.get(PICTURE);

    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(picture.headers().firstValue("Cache-Control")).hasValue("public, max-age=60");
    String tag = picture.headers().firstValue("ETag").orElseThrow();
    assertThat(
            client.send(client.request(PICTURE).header("If-None-Match", tag).build()).statusCode())
        .isEqualTo(304);
    assertThat(client.get("/incidents/0000000000000000/symptom.png").statusCode()).isEqualTo(404);
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
