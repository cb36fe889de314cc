// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.remotewrite.Protocol;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayTest {
  private final HeldSink sink = HeldSink.telling(Delivery.WRITTEN);
  private Gateway gateway;
  private Client client;

  @BeforeEach
  void start() throws GatewayException {
    gateway = Gateway.start(Settings.onAnyPort(GatewaySettings.DEFAULTS), sink);
    client = new Client(gateway);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void itIsHealthyWheneverItRunsAndReadyWhenKafkaIs() throws Exception {
    assertThat(client.get("/-/ready").statusCode()).isEqualTo(200);
    sink.ready = false;
    assertThat(client.get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(client.get("/-/ready").statusCode()).isEqualTo(503);
    assertThat(client.get("/-/ready").body()).contains("Kafka does not answer");
    assertThat(client.metric("tocsin_gateway_ready")).isZero();
  }

  @Test
  void metricsTellOfTheProcessAndOfRequests() throws Exception {
    client.send(client.write(Protocol.V1, Bodies.samples(Protocol.V1, 5)));
    String text = client.get("/metrics").body();
    assertThat(text)
        .contains("tocsin_gateway_requests_total{path=\"/api/v1/write\",code=\"204\",} 1.0")
        .contains("tocsin_gateway_samples_total 5.0")
        .contains("tocsin_gateway_produce_duration_seconds_count 1.0")
        .contains("tocsin_build_info{version=")
        .contains("jvm_memory_bytes_used");
  }

  @Test
  void otherPathsAndMethodsAreTurnedAway() throws Exception {
    assertThat(client.get("/").statusCode()).isEqualTo(404);
    assertThat(client.get("/api/v1/write/").statusCode()).isEqualTo(404);
    assertThat(client.get("/api/v1/%2e%2e/write").statusCode()).isIn(400, 404);
    var get = client.get("/api/v1/write");
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("Allow")).hasValue("POST");
    HttpRequest post = client.request("/metrics").POST(BodyPublishers.ofString("x")).build();
    assertThat(client.send(post).statusCode()).isEqualTo(405);
    HttpRequest head = client.request("/-/healthy").method("HEAD", BodyPublishers.noBody()).build();
    assertThat(client.send(head).statusCode()).isEqualTo(200);
    assertThat(client.metric("tocsin_gateway_requests_total{path=\"other\",code=\"404\",}"))
        .isPositive();
  }

  @Test
  void tenThousandHeadersAreRefusedAndTheNextRequestIsServed() throws Exception {
    StringBuilder head = new StringBuilder("POST /api/v1/write HTTP/1.1\r\nHost: gateway\r\n");
    for (int i = 0; i < 10_000; i++) {
      head.append("X-").append(i).append(": y\r\n");
    }
    try (Socket socket = client.connect()) {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> write(socket, head + "\r\n"));
      assertThat(firstLine(socket)).contains(" 431 ");
      writing.cancel(true);
    }
    assertThat(write().statusCode()).isEqualTo(204);
  }

  @Test
  void answersToPipelinedRequestsComeInOrder() throws Exception {
    byte[] good = Bodies.samples(Protocol.V1, 1);
    try (Socket socket = client.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(bytes(Client.writeHead("Content-Length: 4") + "junk"));
      out.write(bytes("GET /nowhere HTTP/1.1\r\nHost: gateway\r\n\r\n"));
      out.write(bytes(Client.writeHead("Content-Length: " + good.length, "Connection: close")));
      out.write(good);
      assertThat(Client.answers(socket).lines().filter(line -> line.startsWith("HTTP/1.1")))
          .map(line -> line.substring(9, 12))
          .containsExactly("400", "404", "204");
    }
  }

  @Test
  void whatIsNoHttpIsRefusedWithoutDetails() throws Exception {
    try (Socket socket = client.connect()) {
      write(socket, "\u0016\u0003\u0001 hello\r\n\r\n");
      assertThat(Client.answers(socket)).contains(" 400 ").doesNotContain("at org.eclipse");
    }
    assertThat(write().statusCode()).isEqualTo(204);
  }

  @Test
  void anAnswerThatComesBeforeTheBodyIsEvenSentArrives() throws Exception {
    try (Socket socket = client.connect()) {
      write(socket, Client.writeHead("Content-Length: 33554432"));
      assertThat(firstLine(socket)).contains(" 413 ");
    }
    try (Socket socket = client.connect()) {
      write(socket, Client.writeHead("Content-Length: 33554432", "Expect: 100-continue"));
      assertThat(firstLine(socket)).contains(" 413 ");
    }
  }

  @Test
  void aBodyThatDoesNotComeIsAnsweredAtTheDeadlineAndItsConnectionClosed() throws Exception {
    LimitSettings limits =
        new LimitSettings(
            LimitSettings.DEFAULTS.remoteWrite(), 1 << 20, 64L << 20, 1, Duration.ofSeconds(1));
    try (Gateway strict = Gateway.start(Settings.with(limits, null), sink)) {
      Client toStrict = new Client(strict);
      try (Socket socket = toStrict.connect()) {
        write(socket, Client.writeHead("Content-Length: 100000") + "slow");
        assertThat(Client.answers(socket)).contains(" 503 ").contains("1000 ms");
      }
      assertThat(toStrict.metric("tocsin_gateway_in_flight_requests")).isZero();
      HttpRequest good = toStrict.write(Protocol.V1, Bodies.samples(Protocol.V1, 1));
      assertThat(toStrict.send(good).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void aSenderThatGoesAwayLeavesNothingBehind() throws Exception {
    try (Socket socket = client.connect()) {
      write(socket, Client.writeHead("Content-Length: 100000") + "x".repeat(50_000));
      await().until(() -> client.metric("tocsin_gateway_in_flight_bytes") > 0);
    }
    await().until(() -> client.metric("tocsin_gateway_in_flight_bytes") == 0);
    await().until(() -> client.metric("tocsin_gateway_in_flight_requests") == 0);
    assertThat(write().statusCode()).isEqualTo(204);
  }

  @Test
  void aRequestThatWaitsForKafkaIsNotIdle() throws Exception {
    HeldSink holding = HeldSink.holding();
    try (Gateway hasty = Gateway.start(Settings.withIdleTimeout(Duration.ofMillis(200)), holding)) {
      Client toHasty = new Client(hasty);
      var answer = toHasty.sendLater(toHasty.write(Protocol.V1, Bodies.samples(Protocol.V1, 1)));
      await().pollDelay(Duration.ofMillis(700)).until(() -> holding.held() == 1);
      holding.tell(Delivery.WRITTEN);
      assertThat(answer.get().statusCode()).isEqualTo(204);
    }
  }

  @Test
  void aSilentConnectionIsClosed() throws Exception {
    try (Gateway hasty = Gateway.start(Settings.withIdleTimeout(Duration.ofMillis(300)), sink);
        Socket silent = new Client(hasty).connect();
        Socket halfway = new Client(hasty).connect()) {
      write(halfway, Client.writeHead("Content-Length: 100000") + "x");
      assertThat(Client.answers(silent)).isEmpty();
      assertThat(Client.answers(halfway)).contains(" 503 ").contains("did not arrive whole");
    }
  }

  @Test
  void aPortInUseIsOneSentence() {
    int port = gateway.uri().getPort();
    GatewaySettings same =
        Settings.with(
            GatewaySettings.DEFAULTS,
            new ListenSettings("127.0.0.1", port, Duration.ofSeconds(9), 10, null));
    assertThatThrownBy(() -> Gateway.start(same, sink))
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("listen.port");
  }

  @Test
  void stoppingLetsWhatIsInFlightEnd() throws Exception {
    HeldSink holding = HeldSink.holding();
    Gateway other = Gateway.start(Settings.onAnyPort(GatewaySettings.DEFAULTS), holding);
    Client toOther = new Client(other);
    var answer = toOther.sendLater(toOther.write(Protocol.V1, Bodies.samples(Protocol.V1, 1)));
    await().until(() -> holding.held() == 1);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(other::close);
    await().pollDelay(Duration.ofMillis(500)).until(() -> !closing.isDone());
    holding.tell(Delivery.WRITTEN);
    assertThat(answer.get().statusCode()).isEqualTo(204);
    closing.get();
    assertThatThrownBy(toOther::connect).isInstanceOf(IOException.class);
  }

  @Test
  void withoutKafkaItStartsAndIsNotReady() throws Exception {
    KafkaSettings nowhere =
        new KafkaSettings(
            "127.0.0.1:1",
            Map.of("client.id", new Secret("canary-4711")),
            KafkaSettings.DEFAULTS.topics());
    GatewaySettings settings = Settings.with(nowhere);
    try (Gateway lonely = Gateway.start(settings)) {
      Client toLonely = new Client(lonely);
      assertThat(lonely.ready()).isFalse();
      assertThat(toLonely.get("/-/ready").statusCode()).isEqualTo(503);
      var answer = toLonely.send(toLonely.write(Protocol.V1, Bodies.samples(Protocol.V1, 1)));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(settings.toString()).doesNotContain("canary");
    }
  }

  private HttpResponse<String> write() throws IOException, InterruptedException {
    return client.send(client.write(Protocol.V1, Bodies.samples(Protocol.V1, 1)));
  }

  private static void write(Socket socket, String text) {
    try {
      socket.getOutputStream().write(bytes(text));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  private static String firstLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read(); next >= ' '; ) {
      line.append((char) next);
      next = socket.getInputStream().read();
    }
    return line.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
