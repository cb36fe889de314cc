// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import static io.tocsin.connectors.alertmanager.Alerts.STARTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.models.incidents.Alert;
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

/** The lifecycle of alerts in a real Alertmanager; left out where none is installed. */
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
  private String url = "";
  private Process process;

  @BeforeEach
  void start() throws IOException {
    Path binary = binary();
    boolean required = "true".equals(System.getenv("CI"));
    Assumptions.assumeTrue(
        binary != null || required, "prometheus-alertmanager is not installed; left out");
    assertThat(binary).as("prometheus-alertmanager must be installed").isNotNull();
    int port = freePort();
    url = "http://127.0.0.1:" + port;
    Path config = directory.resolve("alertmanager.yml");
    Files.writeString(config, "route: {receiver: none}\nreceivers: [{name: none}]\n");
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
    }
  }

  @Test
  void alertsFireAreRefusedAloneAndResolve() throws Exception {
    Alert poison = new Alert("p", Map.of("alertname", "A", "bad-label", "x"), Map.of(), STARTS, 0);
    try (AlertmanagerDispatcher dispatcher = dispatcher(url, "http://127.0.0.1:" + freePort())) {
      dispatcher.offer(Alerts.firing("a"));
      dispatcher.offer(poison);
      dispatcher.offer(Alerts.firing("b"));
      await().atMost(Duration.ofSeconds(30)).until(() -> active().equals(List.of("a", "b")));
      await().atMost(Duration.ofSeconds(30)).until(() -> rejected.equals(List.of(poison)));
      AlertReader reader = new AlertReader(AlertmanagerAddress.of(url));
      assertThat(reader.incidents()).containsOnlyKeys("a", "b");
      assertThat(reader.incidents().get("a")).isBeforeOrEqualTo(Clock.systemUTC().instant());
      dispatcher.offer(Alerts.resolved("a", Clock.systemUTC().millis()));
      await().atMost(Duration.ofSeconds(30)).until(() -> active().equals(List.of("b")));
    }
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
