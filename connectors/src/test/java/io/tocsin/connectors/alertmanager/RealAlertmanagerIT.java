// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import static io.tocsin.connectors.alertmanager.Alerts.STARTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.connectors.chat.ChannelKind;
import io.tocsin.connectors.chat.ChannelSettings;
import io.tocsin.connectors.chat.ChatSettings;
import io.tocsin.connectors.chat.FakeChat;
import io.tocsin.connectors.chat.Webhooks;
import io.tocsin.connectors.gateway.ChatGateway;
import io.tocsin.connectors.gateway.Gateway;
import io.tocsin.models.incidents.Alert;
import io.tocsin.models.incidents.Language;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Alertmanager with the shipped configuration: the lifecycle of alerts, and their way to
 * chat programs by itself and by the gateway. Left out where none is installed.
 */
class RealAlertmanagerIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Alert> rejected = new CopyOnWriteArrayList<>();
  private final DispatchListener listener =
      new DispatchListener() {
        @Override
        public void rejected(URI alertmanager, Alert alert, String answer) {
          rejected.add(alert);
        }
      };
  private static final Path SHIPPED = Path.of("../dashboards/alertmanager");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private FakeChat chat;
  private Gateway gateway;
  private String url = "";
  private Process process;

  @BeforeEach
  void start() throws Exception {
    Path binary = binary();
    boolean required = "true".equals(System.getenv("CI"));
    Assumptions.assumeTrue(
        binary != null || required, "prometheus-alertmanager is not installed; left out");
    assertThat(binary).as("prometheus-alertmanager must be installed").isNotNull();
    int port = freePort();
    url = "http://127.0.0.1:" + port;
    chat = new FakeChat();
    gateway =
        ChatGateway.start(
            new ChatSettings(
                Map.of(
                    "feishu", channel(ChannelKind.FEISHU, "/feishu"),
                    "teams", channel(ChannelKind.TEAMS, "/teams")),
                null,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                10));
    Path config = directory.resolve("alertmanager.yml");
    Files.writeString(config, shipped());
    Files.copy(SHIPPED.resolve("tocsin.tmpl"), directory.resolve("tocsin.tmpl"));
    process =
        new ProcessBuilder(
                binary.toString(),
                "--config.file=" + config,
                "--storage.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(60)).until(this::isReady);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (process != null) {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
      gateway.close();
      chat.close();
    }
  }

  private ChannelSettings channel(ChannelKind kind, String path) {
    return Webhooks.channel(kind, chat.url(path), Language.ENGLISH);
  }

  /** As it is shipped but for addresses, secrets and waiting, and with a template of nobody's. */
  private String shipped() throws IOException {
    Path routingKey = directory.resolve("pagerduty-routing-key");
    Path slackUrl = directory.resolve("slack-url");
    Files.writeString(routingKey, Webhooks.SECRET);
    Files.writeString(slackUrl, chat.url("/slack"));
    String config = Files.readString(SHIPPED.resolve("alertmanager.yml"));
    config = replaced(config, "/etc/alertmanager/pagerduty-routing-key", routingKey.toString());
    config = replaced(config, "/etc/alertmanager/slack-url", slackUrl.toString());
    config = replaced(config, "http://tocsin-gateway:9201/", gateway.uri().resolve("/").toString());
    config = replaced(config, "https://deadmanswitch.example/tocsin", chat.url("/webhook"));
    config = replaced(config, "group_wait: 5s", "group_wait: 0s");
    config = replaced(config, "group_interval: 30s", "group_interval: 1s");
    config =
        replaced(
            config,
            "  - name: chat\n    slack_configs:\n",
            "  - name: chat\n    slack_configs:\n      - {api_url_file: "
                + slackUrl
                + ", text: '{{ .NoSuchField }}'}\n");
    return "global: {pagerduty_url: '" + chat.url("/pagerduty") + "'}\n" + config;
  }

  private static String replaced(String text, String shipped, String here) {
    assertThat(text).contains(shipped);
    return text.replace(shipped, here);
  }

  @Test
  void alertsFireAreRefusedAloneAndResolve() throws Exception {
    Alert poison = new Alert("p", Map.of("alertname", "A", "bad-label", "x"), Map.of(), STARTS, 0);
    try (AlertmanagerDispatcher dispatcher = dispatcher(url, "http://127.0.0.1:" + freePort())) {
      dispatcher.offer(Alerts.firing("a"));
      dispatcher.offer(poison);
      dispatcher.offer(Alerts.firing("b"));
      await().atMost(PATIENCE).until(() -> active().equals(List.of("a", "b")));
      await().atMost(PATIENCE).until(() -> rejected.equals(List.of(poison)));
      AlertReader reader = new AlertReader(AlertmanagerAddress.of(url));
      assertThat(reader.incidents()).containsOnlyKeys("a", "b");
      assertThat(reader.incidents().get("a")).isBeforeOrEqualTo(Clock.systemUTC().instant());
      dispatcher.offer(Alerts.resolved("a", Clock.systemUTC().millis()));
      await().atMost(PATIENCE).until(() -> active().equals(List.of("b")));
    }
  }

  @Test
  void anIncidentReachesEveryProgramByItselfAndByTheGateway() throws Exception {
    List<String> programs = List.of("/slack", "/pagerduty", "/feishu", "/teams");
    try (AlertmanagerDispatcher dispatcher = dispatcher(url)) {
      dispatcher.offer(incident(0));
      await().atMost(PATIENCE).until(() -> programs.stream().allMatch(each -> told(each) == 1));
      dispatcher.offer(incident(Clock.systemUTC().millis()));
      await().atMost(PATIENCE).until(() -> programs.stream().allMatch(each -> told(each) == 2));
    }

    assertThat(chat.wrong()).isEmpty();
    String picture = "https://tocsin.example/incidents/01da53efc0baf72e/symptom.png";
    assertThat(chat.accepted("/slack").get(0).at("/attachments/0/image_url").asText())
        .isEqualTo(picture);
    assertThat(chat.accepted("/pagerduty"))
        .extracting(event -> event.path("event_action").asText())
        .containsExactly("trigger", "resolve");
    assertThat(chat.accepted("/pagerduty").get(0).at("/images/0/src").asText()).isEqualTo(picture);
    assertThat(chat.accepted("/feishu").get(1).toString())
        .contains("RESOLVED · checkout fails", "Lasted: ", "Probable cause: payments 93 %");
    assertThat(get("/metrics").body())
        .as("a template with an unknown field is counted, and blocks nobody")
        .containsPattern("notifications_failed_total\\{integration=\"slack\"[^}]*} [1-9]");
  }

  private int told(String program) {
    return chat.accepted(program).size();
  }

  private static Alert incident(long endsAt) {
    return new Alert(
        "id",
        Map.of(
            "alertname", "TocsinIncident",
            "severity", "critical",
            "incident", "01da53efc0baf72e",
            "namespace", "shop",
            "service", "checkout"),
        Map.of(
            "summary", "checkout fails",
            "description", "errors are 7.53 /s",
            "current_severity", "critical",
            "suspects", "payments 93 %",
            "incident_url", "https://tocsin.example/incidents/01da53efc0baf72e"),
        STARTS,
        endsAt);
  }

  private AlertmanagerDispatcher dispatcher(String... urls) {
    List<AlertmanagerAddress> addresses = Stream.of(urls).map(AlertmanagerAddress::of).toList();
    return new AlertmanagerDispatcher(
        addresses, DispatchSettings.DEFAULTS, listener, Clock.systemUTC());
  }

  private List<String> active() throws Exception {
    JsonNode alerts = JSON.readTree(get("/api/v2/alerts?active=true").body());
    return alerts.findValuesAsText("incident").stream().sorted().toList();
  }

  private boolean isReady() {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path binary() {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
        .flatMap(
            path ->
                Stream.of("prometheus-alertmanager", "alertmanager")
                    .map(name -> Path.of(path, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }
}
