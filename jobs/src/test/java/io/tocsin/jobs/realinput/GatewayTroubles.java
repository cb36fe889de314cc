// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.chat.ChannelKind;
import io.tocsin.connectors.chat.ChannelSettings;
import io.tocsin.connectors.chat.ChatSettings;
import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.gateway.Gateway;
import io.tocsin.connectors.gateway.GatewaySettings;
import io.tocsin.connectors.gateway.LimitSettings;
import io.tocsin.connectors.gateway.ListenSettings;
import io.tocsin.connectors.gateway.TlsSettings;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.models.incidents.Language;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What can go wrong with the gateway; each method makes it so and scrapes meanwhile. */
final class GatewayTroubles {
  private static final GatewaySettings USUAL = GatewaySettings.DEFAULTS;
  private static final int UNAVAILABLE = 503;
  private static final int ACCEPTED = 202;
  private static final int UNAUTHORIZED = 401;
  private static final String PASSWORD = "canary-password";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Scrapes.Cause NOTHING = () -> {};

  private GatewayTroubles() {}

  static Scrapes isGone(ObservedTocsin tocsin) throws Exception {
    Scrapes scrapes;
    try (Gateway gateway =
        tocsin.pipeline.startGateway(USUAL.limits(), Duration.ZERO, ChatSettings.DEFAULTS)) {
      scrapes = tocsin.scrapes(gateway).minutes(3, NOTHING).allIsWell();
    }
    return scrapes.minutes(4, NOTHING);
  }

  static Scrapes isNotDeployed(ObservedTocsin tocsin) throws Exception {
    return new Scrapes(List.of(new Scrapes.Target("tocsin-jobs", tocsin.jobs())))
        .minutes(3, NOTHING)
        .allIsWell()
        .minutes(4, NOTHING);
  }

  /** Kafka is not there; the kubelet asks all the time whether the gateway is ready. */
  static Scrapes reachesNoKafka(ObservedTocsin tocsin) throws Exception {
    String nowhere = "127.0.0.1:" + RealProcess.freePort();
    try (Gateway gateway =
        Gateway.start(
            Pipeline.gatewaySettings(
                nowhere, USUAL.limits(), USUAL.heartbeat(), ChatSettings.DEFAULTS))) {
      URI ready = gateway.uri().resolve("/-/ready");
      return tocsin
          .scrapes(gateway)
          .minutes(2, NOTHING)
          .allIsWell()
          .minutes(10, () -> assertThat(Http.answers(ready)).isFalse());
    }
  }

  /** One sender that never ends its body takes the only place that there is. */
  static Scrapes isFull(ObservedTocsin tocsin) throws Exception {
    LimitSettings usual = USUAL.limits();
    LimitSettings one =
        new LimitSettings(
            usual.remoteWrite(),
            usual.maxChangesBytes(),
            usual.inFlightBytes(),
            1,
            usual.deadline());
    try (Gateway gateway = tocsin.pipeline.startGateway(one, Duration.ZERO, ChatSettings.DEFAULTS);
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), gateway.uri().getPort())) {
      Scrapes scrapes = tocsin.scrapes(gateway).minutes(3, NOTHING).allIsWell();
      ObservedTocsin.awaitRise(
          ObservedTocsin.metricsOf(gateway),
          () -> begin(slow.getOutputStream()),
          1,
          "tocsin_gateway_in_flight_requests");
      return scrapes.minutes(
          10, () -> assertThat(tocsin.write(gateway, new byte[1])).isEqualTo(UNAVAILABLE));
    }
  }

  private static void begin(OutputStream out) throws Exception {
    String head =
        """
        POST /api/v1/write HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/x-protobuf\r
        Content-Encoding: snappy\r
        Content-Length: 1000\r
        \r
        """;
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Kafka takes no record, because its clock is not that of the gateway, but answers. */
  static Scrapes heartbeatsAreRefused(ObservedTocsin tocsin) throws Exception {
    Topics topics = tocsin.pipeline.topics();
    String limit = "message.timestamp.before.max.ms";
    try (Gateway gateway =
        tocsin.pipeline.startGateway(
            USUAL.limits(), Duration.ofMillis(100), ChatSettings.DEFAULTS)) {
      URI metrics = ObservedTocsin.metricsOf(gateway);
      Scrapes scrapes = tocsin.scrapes(gateway).minutes(3, NOTHING).allIsWell();
      topics.set(limit, "0", Topic.METRICS, Topic.LOGS);
      return scrapes.minutes(
          12,
          () ->
              ObservedTocsin.awaitRise(
                  metrics, NOTHING, 3, "tocsin_gateway_heartbeat_failures_total"));
    } finally {
      topics.set(limit, Long.toString(Long.MAX_VALUE), Topic.METRICS, Topic.LOGS);
    }
  }

  /** Whoever renews its certificate writes something else into the file. */
  static Scrapes certificateIsBroken(ObservedTocsin tocsin) throws Exception {
    Path keys = Files.createTempDirectory("keys").resolve("server.p12");
    try (Gateway gateway = Gateway.start(withTls(tocsin, generated(keys)))) {
      await("Kafka").atMost(PATIENCE).until(gateway::ready);
      Scrapes scrapes = tocsin.scrapes(gateway).minutes(3, NOTHING).allIsWell();
      ObservedTocsin.awaitRise(
          ObservedTocsin.metricsOf(gateway),
          () -> Files.writeString(keys, "no keys"),
          1,
          "tocsin_config_reloads_total",
          "\"failure\"");
      return scrapes.minutes(7, NOTHING);
    } finally {
      Files.deleteIfExists(keys);
      Files.delete(keys.getParent());
    }
  }

  private static GatewaySettings withTls(ObservedTocsin tocsin, Path keys) {
    GatewaySettings plain =
        Pipeline.gatewaySettings(
            tocsin.pipeline.bootstrapServers(),
            USUAL.limits(),
            Duration.ZERO,
            ChatSettings.DEFAULTS);
    ListenSettings listen = plain.listen();
    return new GatewaySettings(
        new ListenSettings(
            listen.host(),
            0,
            listen.idleTimeout(),
            listen.maxConnections(),
            new TlsSettings(null, null, keys, new Secret(PASSWORD))),
        plain.kafka(),
        plain.limits(),
        plain.bearerToken(),
        plain.tenantHeader(),
        plain.heartbeat(),
        plain.alertmanagers(),
        plain.page(),
        plain.chat(),
        plain.otlp());
  }

  private static Path generated(Path keys) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options = "-genkeypair -keyalg EC -dname CN=gateway -ext san=ip:127.0.0.1";
    List<String> command = new ArrayList<>(List.of(keytool));
    command.addAll(List.of(options.split(" ", -1)));
    command.addAll(List.of("-keystore", keys.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return keys;
  }

  /** A robot's address was revoked: a single message is lost. */
  static Scrapes channelIsRevoked(ObservedTocsin tocsin) throws Exception {
    try (FakeReceiver robot = new FakeReceiver();
        Gateway gateway =
            tocsin.pipeline.startGateway(USUAL.limits(), Duration.ZERO, channel(robot.uri()))) {
      URI metrics = ObservedTocsin.metricsOf(gateway);
      Scrapes scrapes = tocsin.scrapes(gateway).minutes(3, NOTHING);
      ObservedTocsin.awaitRise(
          metrics, () -> tell(tocsin, gateway, "a"), 1, "tocsin_alert_sends_total", "\"sent\"");
      scrapes.minutes(3, NOTHING).allIsWell();
      robot.answer(UNAUTHORIZED);
      ObservedTocsin.awaitRise(
          metrics, () -> tell(tocsin, gateway, "b"), 1, "tocsin_chat_dropped_total");
      return scrapes.minutes(7, NOTHING);
    }
  }

  private static ChatSettings channel(URI robot) {
    ChannelSettings settings =
        new ChannelSettings(
            ChannelKind.WEBHOOK,
            new Secret(robot.toString()),
            null,
            null,
            "",
            Language.ENGLISH,
            false,
            true);
    ChatSettings usual = ChatSettings.DEFAULTS;
    return new ChatSettings(
        Map.of("bridge", settings), null, usual.timeout(), usual.patience(), usual.waiting());
  }

  private static void tell(ObservedTocsin tocsin, Gateway gateway, String incident)
      throws Exception {
    String body =
        """
        {"alerts": [{"status": "firing", "fingerprint": "%s", "startsAt": "2026-01-01T00:00:00Z",
          "labels": {"alertname": "TocsinIncident", "incident": "%s"},
          "annotations": {"summary": "checkout fails"}}]}
        """
            .formatted(incident, incident);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.uri().resolve("/api/v1/chat/bridge"));
    assertThat(tocsin.post(request, body.getBytes(StandardCharsets.UTF_8))).isEqualTo(ACCEPTED);
  }
}
