// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.connectors.chat.ChatDispatcher.Receipt;
import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.page.Shown;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Language;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChatDispatcherTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final ChatListener listener =
      new ChatListener() {
        @Override
        public void attempted(String channel, ChatOutcome outcome, Duration took) {
          told.add(channel + " " + outcome);
        }

        @Override
        public void dropped(String channel, ChatOutcome why) {
          told.add(channel + " dropped " + why);
        }

        @Override
        public void unillustrated(String channel, Unillustrated why) {
          told.add(channel + " without picture " + why);
        }
      };
  private FakeChat fake;

  @BeforeEach
  void start() throws Exception {
    fake = new FakeChat();
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  private ChatDispatcher dispatcher(Map<String, ChannelSettings> channels, int waiting) {
    return dispatcher(settings(channels, fake.url("/"), waiting), Webhooks.KNOWN);
  }

  private static ChatSettings settings(
      Map<String, ChannelSettings> channels, String publicUrl, int waiting) {
    return new ChatSettings(
        channels, URI.create(publicUrl), Duration.ofSeconds(5), Duration.ofSeconds(30), waiting);
  }

  private ChatDispatcher dispatcher(ChatSettings settings, IncidentSource incidents) {
    return new ChatDispatcher(settings, incidents, listener, Clock.systemUTC());
  }

  private ChatDispatcher dispatcher(String name, ChannelSettings channel) {
    return dispatcher(Map.of(name, channel), 10);
  }

  private String url(ChannelKind kind) {
    return switch (kind) {
      case FEISHU -> fake.url("/feishu");
      case DINGTALK -> fake.url("/dingtalk?access_token=dingtalk-access-token");
      case WECOM -> fake.url("/wecom?key=wecom-robot-key");
      case SLACK -> fake.url("/slack");
      case TEAMS -> fake.url("/teams");
      case WEBHOOK -> fake.url("/webhook");
    };
  }

  @ParameterizedTest
  @EnumSource(ChannelKind.class)
  void everyProgramTakesItsMessage(ChannelKind kind) {
    for (Language language : Language.values()) {
      try (ChatDispatcher chat = dispatcher("c", Webhooks.channel(kind, url(kind), language))) {
        int before = fake.accepted().size();
        chat.take("c", Webhooks.body(Shown.ID, false));
        await().atMost(PATIENCE).until(() -> fake.accepted().size() > before);
      }
    }
    assertThat(fake.wrong()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ChannelKind.class)
  void noMessageIsLongerThanItsProgramTakes(ChannelKind kind) {
    String line = "长'<&".repeat(2_000) + "\\n";
    String body =
        new String(Webhooks.body("00000000000000ff", false), StandardCharsets.UTF_8)
            .replace("checkout: errors", "长".repeat(40_000))
            .replace("Probable cause: payments", line.repeat(20));
    try (ChatDispatcher chat =
        dispatcher("c", Webhooks.channel(kind, url(kind), Language.CHINESE))) {
      chat.take("c", body.getBytes(StandardCharsets.UTF_8));
      await().atMost(PATIENCE).until(() -> !told.isEmpty());
    }

    assertThat(fake.wrong()).isEmpty();
    assertThat(told).containsExactly("c SENT");
  }

  @ParameterizedTest
  @EnumSource(ChannelKind.class)
  void theSymptomIsShownWhereTheProgramCan(ChannelKind kind) {
    ChannelSettings channel = Webhooks.channel(kind, url(kind), Language.ENGLISH);
    int messages = kind == ChannelKind.WECOM ? 2 : 1;
    try (ChatDispatcher chat = dispatcher("c", channel)) {
      chat.take("c", Webhooks.body(Shown.ID, false));
      await().atMost(PATIENCE).until(() -> fake.accepted().size() == messages);
    }

    String last = fake.accepted().get(messages - 1).body().toString();
    String url = fake.url(Webhooks.PICTURE + "?revision=1");
    switch (kind) {
      case FEISHU -> assertThat(last).doesNotContain("symptom.png");
      case WECOM -> assertThat(last).contains("\"msgtype\":\"image\"");
      case DINGTALK -> assertThat(last).contains("![payments: http", "](" + url + ")");
      case SLACK, TEAMS, WEBHOOK -> assertThat(last).contains("\"" + url + "\"");
    }
    assertThat(told).doesNotContain("c without picture MISSING", "c without picture REFUSED");
  }

  @Test
  void aMessageIsNotLostForItsPicture() {
    ChannelSettings channel =
        Webhooks.channel(ChannelKind.SLACK, fake.url("/slack"), Language.ENGLISH);
    try (ChatDispatcher chat =
        dispatcher(settings(Map.of("c", channel), "http://127.0.0.1:1", 10), Webhooks.KNOWN)) {
      chat.take("c", Webhooks.body(Shown.ID, false));
      await().atMost(PATIENCE).until(() -> told.size() == 3);
    }

    assertThat(told).containsExactly("c REFUSED", "c SENT", "c without picture REFUSED");
    assertThat(fake.accepted().get(0).body().toString()).doesNotContain("image");
  }

  @Test
  void whereNothingCanBeDrawnTheMessageIsSentWithoutAndThatIsCounted() {
    ChannelSettings channel =
        Webhooks.channel(ChannelKind.WEBHOOK, fake.url("/webhook"), Language.ENGLISH);
    try (ChatDispatcher chat =
        dispatcher(settings(Map.of("c", channel), fake.url(""), 10), Webhooks::known)) {
      chat.take("c", Webhooks.body(Shown.ID, false));
      await().atMost(PATIENCE).until(() -> told.contains("c SENT"));
    }

    assertThat(told).containsExactly("c without picture MISSING", "c SENT");
  }

  @Test
  void messagesComeNoFasterThanTheProgramTakesThem() {
    fake.limitToOneIn(Duration.ofSeconds(1));
    try (ChatDispatcher chat =
        dispatcher(
            "c", Webhooks.channel(ChannelKind.SLACK, fake.url("/slack"), Language.ENGLISH))) {
      for (String incident : List.of("00000000000000aa", "00000000000000bb")) {
        chat.take("c", Webhooks.body(incident, false));
      }
      await().atMost(PATIENCE).until(() -> fake.accepted().size() == 2);
    }

    assertThat(fake.wrong()).isEmpty();
  }

  @Test
  void whatCannotBeDeliveredForLongIsGivenUpAndCounted() {
    ChannelSettings closed =
        Webhooks.channel(ChannelKind.WEBHOOK, "http://127.0.0.1:1/closed", Language.ENGLISH);
    ChatSettings impatient =
        new ChatSettings(Map.of("c", closed), null, Duration.ofSeconds(5), Duration.ZERO, 10);
    try (ChatDispatcher chat = dispatcher(impatient, Webhooks.KNOWN)) {
      chat.take("c", Webhooks.body(Shown.ID, false));
      await().atMost(PATIENCE).until(() -> told.contains("c dropped UNAVAILABLE"));

      assertThat(chat.waiting("c")).isZero();
    }
  }

  @Test
  void anIncidentIsToldWhenThereIsNewsAndNotAgain() {
    try (ChatDispatcher chat =
        dispatcher(
            "c", Webhooks.channel(ChannelKind.WEBHOOK, fake.url("/webhook"), Language.ENGLISH))) {
      for (String summary : List.of("slow", "slow", "slow and failing")) {
        chat.take("c", Webhooks.body("00000000000000aa", false, summary));
        await().atMost(PATIENCE).until(() -> chat.waiting("c") == 0);
      }
      chat.take("c", Webhooks.body("00000000000000aa", true, "slow and failing"));
      await().atMost(PATIENCE).until(() -> fake.accepted().size() == 3);
    }

    assertThat(fake.accepted())
        .extracting(message -> message.body().path("status").asText())
        .containsExactly("firing", "firing", "resolved");
    assertThat(fake.accepted().get(2).body().at("/commonAnnotations/description").asText())
        .contains("Probable cause: payments 93 %", "Lasted: 10 min");
  }

  @Test
  void aBotOfSlackChangesItsMessage() {
    try (ChatDispatcher chat = dispatcher("c", Webhooks.slackBot(fake.url("/api")))) {
      chat.take("c", Webhooks.body("00000000000000aa", false));
      await().atMost(PATIENCE).until(() -> fake.accepted().size() == 1);
      chat.take("c", Webhooks.body("00000000000000aa", true));
      await().atMost(PATIENCE).until(() -> fake.accepted().size() == 2);
    }

    assertThat(fake.accepted())
        .extracting(FakeChat.Message::path)
        .containsExactly("/api/chat.postMessage", "/api/chat.update");
  }

  @Test
  void whatIsLearnedLaterChangesTheMessageAndNewCausesAreToldWhereItCannotBeChanged() {
    ChannelSettings robot =
        Webhooks.channel(ChannelKind.DINGTALK, url(ChannelKind.DINGTALK), Language.ENGLISH);
    Incident more = Shown.incident(Shown.ID, Transition.UPDATED, 2, "checkout: errors and slow");
    try (ChatDispatcher chat =
        dispatcher(Map.of("bot", Webhooks.slackBot(fake.url("/api")), "robot", robot), 10)) {
      for (String channel : List.of("bot", "robot")) {
        chat.take(channel, Webhooks.body(Shown.ID, false));
      }
      await().atMost(PATIENCE).until(() -> fake.accepted().size() == 2);
      chat.take(more);
      await().atMost(PATIENCE).until(() -> fake.accepted().size() == 3);
      chat.take(Shown.blaming(more, "inventory"));
      await().atMost(PATIENCE).until(() -> fake.accepted().size() == 5);
      chat.take(Shown.incident(Shown.ID, Transition.RESOLVED, 3));
    }

    assertThat(fake.accepted())
        .extracting(FakeChat.Message::path)
        .filteredOn(path -> path.startsWith("/api"))
        .containsExactly("/api/chat.postMessage", "/api/chat.update", "/api/chat.update");
  }

  @Test
  void aChannelThatIsFullForNowGetsItsMessageLater() {
    fake.next(200, Map.of(), "{\"errcode\":130101,\"errmsg\":\"send too fast\"}");
    fake.next(503, Map.of(), "busy");
    try (ChatDispatcher chat =
        dispatcher(
            "c",
            Webhooks.channel(ChannelKind.DINGTALK, url(ChannelKind.DINGTALK), Language.ENGLISH))) {
      chat.take("c", Webhooks.body(Shown.ID, false));
      await().atMost(PATIENCE).until(() -> fake.accepted().size() == 1);
    }

    assertThat(told).containsExactly("c LIMITED", "c UNAVAILABLE", "c SENT");
  }

  @Test
  void aRevokedTokenIsToldAndBlocksNoOther() {
    ChannelSettings revoked =
        Webhooks.channel(ChannelKind.WECOM, fake.url("/wecom?key=revoked-key"), Language.ENGLISH);
    ChannelSettings hanging =
        Webhooks.channel(ChannelKind.WEBHOOK, "http://127.0.0.1:1/closed", Language.ENGLISH);
    ChannelSettings good =
        Webhooks.channel(ChannelKind.WEBHOOK, fake.url("/webhook"), Language.ENGLISH);
    try (ChatDispatcher chat =
        dispatcher(Map.of("revoked", revoked, "hanging", hanging, "good", good), 10)) {
      for (String channel : List.of("hanging", "revoked", "good")) {
        chat.take(channel, Webhooks.body(Shown.ID, false));
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(told).contains("good SENT", "revoked dropped REVOKED"));
      assertThat(chat.waiting("hanging")).isEqualTo(1);
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    fake.next(302, Map.of("Location", fake.url("/webhook")), "");
    try (ChatDispatcher chat =
        dispatcher(
            "c", Webhooks.channel(ChannelKind.WEBHOOK, fake.url("/webhook"), Language.ENGLISH))) {
      chat.take("c", Webhooks.body(Shown.ID, false));
      await().atMost(PATIENCE).until(() -> told.contains("c dropped FORBIDDEN"));
    }

    assertThat(fake.accepted()).isEmpty();
  }

  @Test
  void aPrivateAddressGetsNothingUnlessThatIsMeant() {
    String inside = fake.url("/webhook").replace("http://", "https://");
    ChannelSettings channel =
        new ChannelSettings(
            ChannelKind.WEBHOOK, new Secret(inside), null, null, "", Language.ENGLISH, true, false);
    try (ChatDispatcher chat = dispatcher("c", channel)) {
      chat.take("c", Webhooks.body(Shown.ID, false));
      await().atMost(PATIENCE).until(() -> told.contains("c dropped FORBIDDEN"));
    }

    assertThat(fake.accepted()).isEmpty();
  }

  @Test
  void ofOneIncidentOnlyTheNewestWaitsAndTooManyAreRefused() {
    ChannelSettings closed =
        Webhooks.channel(ChannelKind.WEBHOOK, "http://127.0.0.1:1/closed", Language.ENGLISH);
    try (ChatDispatcher chat = dispatcher(Map.of("c", closed), 1)) {
      assertThat(chat.take("c", Webhooks.body("00000000000000aa", false))).isEqualTo(Receipt.TAKEN);
      assertThat(chat.take("c", Webhooks.body("00000000000000aa", true))).isEqualTo(Receipt.TAKEN);
      assertThat(chat.take("c", Webhooks.body("00000000000000bb", false)))
          .isEqualTo(Receipt.TOO_MANY_WAIT);
      assertThat(chat.take("unknown", Webhooks.body("00000000000000bb", false)))
          .isEqualTo(Receipt.NO_SUCH_CHANNEL);
    }
  }

  @Test
  void whatIsNotOfAlertmanagerIsRefusedWithASentence() {
    try (ChatDispatcher chat =
        dispatcher(
            "c", Webhooks.channel(ChannelKind.WEBHOOK, fake.url("/webhook"), Language.ENGLISH))) {
      for (String body : List.of("", "no", "[]", "{\"alerts\":{}}")) {
        assertThatThrownBy(() -> chat.take("c", body.getBytes(StandardCharsets.UTF_8)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("post what Alertmanager posts");
      }
    }
  }

  @Test
  void noLabelCanMentionAnybodyOrMakeALink() {
    String hostile = "<!channel> <@all> [pay](https://evil.example) <at id=all></at> & more";
    for (ChannelKind kind : ChannelKind.values()) {
      Notice notice =
          new NoticeMaker(Language.ENGLISH, id -> null)
              .of(WebhookReader.read(Webhooks.body("00000000000000aa", false, hostile)).get(0))
              .showing("https://tocsin.example/symptom.png");
      ChannelSettings channel = Webhooks.channel(kind, url(kind), Language.ENGLISH);
      JsonNode body = Classifier.json(Robot.of(channel).request(notice, null, 0).body());
      String marked =
          switch (kind) {
            case DINGTALK -> body.at("/markdown/text").asText();
            case WECOM -> body.at("/markdown/content").asText();
            // It knows links in angle brackets only.
            case SLACK -> body.at("/text").asText().replace("[pay](", "");
            case TEAMS -> body.at("/attachments/0/content/body").toString();
            case FEISHU, WEBHOOK -> "";
          };
      assertThat(marked).doesNotContain("<!channel>", "<@all>", "[pay](https", "<at id");
    }
  }
}
