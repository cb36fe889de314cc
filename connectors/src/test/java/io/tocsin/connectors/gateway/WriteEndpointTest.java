// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.remotewrite.RemoteWriteHeaders;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.models.telemetry.MetricKind;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteEndpointTest {
  private static final RemoteWriteLimits SMALL =
      new RemoteWriteLimits(100_000, 300_000, 100, 500, 10, 64, 4096, 1_000, 100);

  private Gateway gateway;
  private HeldSink sink;
  private Client client;

  /** A request with its name and the status that it must have. */
  private record Case(
      String name,
      String type,
      String encoding,
      String version,
      Supplier<byte[]> body,
      int status) {
    @Override
    public String toString() {
      return name;
    }
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aBodyIsAcknowledgedOnlyWhenKafkaHasAcknowledgedIt(Protocol protocol) throws Exception {
    start(HeldSink.holding(), LimitSettings.DEFAULTS);
    byte[] body = Bodies.samples(protocol, 7);
    var answer = client.sendLater(client.write(protocol, body));
    await().until(() -> sink.held() == 1);
    assertThat(answer).isNotDone();
    sink.tell(Delivery.WRITTEN);
    HttpResponse<String> written = answer.get();
    assertThat(written.statusCode()).isEqualTo(204);
    assertThat(written.body()).isEmpty();
    assertThat(written.headers().firstValue(RemoteWriteHeaders.SAMPLES_WRITTEN)).hasValue("7");
    assertThat(written.headers().firstValue(RemoteWriteHeaders.HISTOGRAMS_WRITTEN)).hasValue("0");
    assertThat(written.headers().firstValue(RemoteWriteHeaders.EXEMPLARS_WRITTEN)).hasValue("0");
    assertThat(client.metric("tocsin_gateway_samples_total")).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void theRecordIsTheBodyAsItCameWithItsOriginInKeyAndHeaders(Protocol protocol) throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), LimitSettings.DEFAULTS);
    byte[] body = Bodies.samples(protocol, 3);
    HttpRequest request =
        HttpRequest.newBuilder(client.write(protocol, body), (name, value) -> true)
            .header("X-Scope-OrgID", "team-a")
            .header("X-Tocsin-Sender", "prometheus-0")
            .build();
    assertThat(client.send(request).statusCode()).isEqualTo(204);
    ProducerRecord<byte[], byte[]> record = sink.records.get(0);
    assertThat(record.topic()).isEqualTo("tocsin.metrics");
    assertThat(record.value()).isEqualTo(body);
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("team-a/prometheus-0");
    assertThat(header(record, "tocsin-protocol")).isEqualTo(protocol == Protocol.V1 ? "1" : "2");
    assertThat(header(record, "tocsin-tenant")).isEqualTo("team-a");
    assertThat(record.timestamp()).isPositive();
  }

  @Test
  void aSenderThatGivesNoNameIsKnownByItsAddress() throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), LimitSettings.DEFAULTS);
    client.send(client.write(Protocol.V1, Bodies.samples(Protocol.V1, 1)));
    assertThat(new String(sink.records.get(0).key(), StandardCharsets.UTF_8))
        .isEqualTo("default/127.0.0.1");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void bodiesWithoutSamplesAreWrittenToo(Protocol protocol) throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), LimitSettings.DEFAULTS);
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(protocol);
    encoder.metadata("http_requests", MetricKind.COUNTER);
    for (byte[] body : List.of(Bodies.packed(""), encoder.finish())) {
      HttpResponse<String> answer = client.send(client.write(protocol, body));
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.headers().firstValue(RemoteWriteHeaders.SAMPLES_WRITTEN)).hasValue("0");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aReplayedBodyHasTheTimeOfItsLatestSample(Protocol protocol) throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), LimitSettings.DEFAULTS);
    byte[] body = Bodies.samples(protocol, 3);
    assertThat(client.send(replayed(protocol, body, "true")).statusCode()).isEqualTo(204);
    assertThat(sink.records.get(0).timestamp()).isEqualTo(1_700_000_000_002L);
  }

  @Test
  void histogramsCountAsSamplesDoForTheTimeOfAReplayedBody() throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), LimitSettings.DEFAULTS);
    byte[] body = Bodies.histogramAt(1_700_000_060_000L);
    assertThat(client.send(replayed(Protocol.V1, body, "true")).statusCode()).isEqualTo(204);
    assertThat(sink.records.get(0).timestamp()).isEqualTo(1_700_000_060_000L);
  }

  @Test
  void whatIsNotReplayedOrHasNoTimeOfThePastHasTheTimeOfItsArrival() throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), LimitSettings.DEFAULTS);
    long before = System.currentTimeMillis();
    long nextYear = before + Duration.ofDays(365).toMillis();
    byte[] past = Bodies.samples(Protocol.V1, 3);
    client.send(client.write(Protocol.V1, past));
    client.send(replayed(Protocol.V1, past, "false"));
    client.send(replayed(Protocol.V1, Bodies.packed(""), "true"));
    client.send(replayed(Protocol.V1, Bodies.at(nextYear), "true"));
    assertThat(sink.records).hasSize(4);
    for (ProducerRecord<byte[], byte[]> record : sink.records) {
      assertThat(record.timestamp()).isBetween(before, System.currentTimeMillis());
    }
  }

  @Test
  void aSampleOfBefore1970IsReplayedAsOfThen() throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), LimitSettings.DEFAULTS);
    client.send(replayed(Protocol.V1, Bodies.at(-1), "true"));
    assertThat(sink.records.get(0).timestamp()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "TRUE", "1", ""})
  void replayIsTrueOrFalseAndNothingElse(String value) throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), LimitSettings.DEFAULTS);
    HttpResponse<String> answer =
        client.send(replayed(Protocol.V1, Bodies.samples(Protocol.V1, 1), value));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("X-Tocsin-Replay must be true, false or history, or left out\n");
    assertThat(sink.records).isEmpty();
  }

  @Test
  void historyHasTheTimeOfItsArrivalAndAMark() throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), LimitSettings.DEFAULTS);
    long before = System.currentTimeMillis();
    byte[] body = Bodies.samples(Protocol.V1, 3);
    assertThat(client.send(replayed(Protocol.V1, body, "history")).statusCode()).isEqualTo(204);
    client.send(replayed(Protocol.V1, body, "true"));
    client.send(client.write(Protocol.V1, body));
    assertThat(sink.records.get(0).timestamp()).isBetween(before, System.currentTimeMillis());
    assertThat(sink.records)
        .extracting(record -> record.headers().lastHeader("tocsin-history") != null)
        .containsExactly(true, false, false);
  }

  private HttpRequest replayed(Protocol protocol, byte[] body, String value) {
    return HttpRequest.newBuilder(client.write(protocol, body), (n, v) -> true)
        .header("X-Tocsin-Replay", value)
        .build();
  }

  @Test
  void whenKafkaFailsTheSenderIsAskedToTryAgainAndNeverToDrop() throws Exception {
    start(HeldSink.telling(Delivery.UNSURE), LimitSettings.DEFAULTS);
    HttpResponse<String> answer =
        client.send(client.write(Protocol.V1, Bodies.samples(Protocol.V1, 1)));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(client.metric("tocsin_gateway_samples_total")).isZero();
    assertThat(client.metric("tocsin_gateway_rejected_total{reason=\"kafka\",}")).isEqualTo(1);
  }

  @Test
  void aBodyThatTheTopicWillNeverTakeIsRefusedForGood() throws Exception {
    start(HeldSink.telling(Delivery.TOO_LARGE), LimitSettings.DEFAULTS);
    var answer = client.send(client.write(Protocol.V1, Bodies.samples(Protocol.V1, 1)));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("max.message.bytes");
  }

  @Test
  void whenKafkaDoesNotAnswerTheDeadlineDoes() throws Exception {
    start(HeldSink.holding(), limits(SMALL, 10_000_000, 100, Duration.ofSeconds(1)));
    var answer = client.send(client.write(Protocol.V1, Bodies.samples(Protocol.V1, 1)));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("1000 ms");
    sink.tell(Delivery.WRITTEN);
    assertThat(client.metric("tocsin_gateway_in_flight_bytes")).isZero();
  }

  @Test
  void moreBytesThanMayBeHeldAreToComeAgain() throws Exception {
    byte[] body = Bodies.large(60_000);
    start(HeldSink.holding(), limits(SMALL, 100_000, 100, Duration.ofSeconds(60)));
    var first = client.sendLater(client.write(Protocol.V1, body));
    await().until(() -> sink.held() == 1);
    var second = client.send(client.write(Protocol.V1, body));
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(client.metric("tocsin_gateway_in_flight_bytes")).isBetween(60_000.0, 100_000.0);
    sink.tell(Delivery.WRITTEN);
    assertThat(first.get().statusCode()).isEqualTo(204);
    await().until(() -> client.metric("tocsin_gateway_in_flight_bytes") == 0);
    var third = client.sendLater(client.write(Protocol.V1, body));
    await().until(() -> sink.held() == 1);
    sink.tell(Delivery.WRITTEN);
    assertThat(third.get().statusCode()).isEqualTo(204);
  }

  @Test
  void moreRequestsThanMayBeHandledAreToComeAgain() throws Exception {
    start(HeldSink.holding(), limits(SMALL, 10_000_000, 2, Duration.ofSeconds(60)));
    HttpRequest request = client.write(Protocol.V1, Bodies.samples(Protocol.V1, 1));
    List<CompletableFuture<HttpResponse<String>>> held =
        List.of(client.sendLater(request), client.sendLater(request));
    await().until(() -> sink.held() == 2);
    assertThat(client.send(request).statusCode()).isEqualTo(503);
    assertThat(client.get("/-/healthy").statusCode()).isEqualTo(200);
    sink.tell(Delivery.WRITTEN);
    sink.tell(Delivery.WRITTEN);
    for (var answer : held) {
      assertThat(answer.get().statusCode()).isEqualTo(204);
    }
  }

  @Test
  void manyRequestsWaitForKafkaWithoutTheThreadsOfTheServer() throws Exception {
    start(HeldSink.holding(), LimitSettings.DEFAULTS);
    HttpRequest request = client.write(Protocol.V1, Bodies.samples(Protocol.V1, 1));
    List<CompletableFuture<HttpResponse<String>>> held =
        Stream.generate(() -> client.sendLater(request)).limit(200).toList();
    await().until(() -> sink.held() == 200);
    assertThat(client.get("/-/ready").statusCode()).isEqualTo(200);
    for (int i = 0; i < held.size(); i++) {
      sink.tell(Delivery.WRITTEN);
    }
    for (var answer : held) {
      assertThat(answer.get().statusCode()).isEqualTo(204);
    }
  }

  @ParameterizedTest
  @MethodSource
  void statuses(Case one) throws Exception {
    start(
        HeldSink.telling(Delivery.WRITTEN), limits(SMALL, 10_000_000, 100, Duration.ofSeconds(9)));
    HttpRequest.Builder request = client.request("/api/v1/write");
    header(request, "Content-Type", one.type);
    header(request, "Content-Encoding", one.encoding);
    header(request, RemoteWriteHeaders.VERSION, one.version);
    var answer = client.send(request.POST(BodyPublishers.ofByteArray(one.body.get())).build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(one.status);
    if (one.status >= 400) {
      assertThat(answer.body().strip()).isNotEmpty().doesNotContain("\n");
      assertThat(sink.records).isEmpty();
    }
    var good = client.send(client.write(Protocol.V1, Bodies.samples(Protocol.V1, 1)));
    assertThat(good.statusCode()).isEqualTo(204);
  }

  static Stream<Case> statuses() {
    String v1 = "application/x-protobuf";
    String v2 = v1 + ";proto=io.prometheus.write.v2.Request";
    byte[] one = Bodies.samples(Protocol.V1, 1);
    byte[] two = Bodies.samples(Protocol.V2, 1);
    return Stream.of(
        one("1.0", v1, "snappy", "0.1.0", one, 204),
        one(
            "1.0 by its full name",
            v1 + ";proto=prometheus.WriteRequest",
            "snappy",
            null,
            one,
            204),
        one("1.0 without version", v1, "snappy", null, one, 204),
        one("2.0", v2, "snappy", "2.0.0", two, 204),
        one(
            "2.0 with spaces",
            v1 + "; proto=io.prometheus.write.v2.Request",
            "snappy",
            "2.0.0",
            two,
            204),
        one("no type", null, "snappy", "0.1.0", one, 415),
        one("json", "application/json", "snappy", "0.1.0", one, 415),
        one("png", "image/png", "snappy", "0.1.0", one, 415),
        one(
            "unknown message",
            v1 + ";proto=io.prometheus.write.v3.Request",
            "snappy",
            null,
            one,
            415),
        one("no encoding", v1, null, "0.1.0", one, 415),
        one("gzip", v1, "gzip", "0.1.0", one, 415),
        one("deflate", v1, "deflate", "0.1.0", one, 415),
        one("zstd", v1, "zstd", "0.1.0", one, 415),
        one("version 3", v1, "snappy", "3.0.0", one, 415),
        one("2.0 sent as 1.0", v1, "snappy", "0.1.0", two, 400),
        one("1.0 sent as 2.0", v2, "snappy", "2.0.0", one, 400),
        one("nothing at all", v1, "snappy", "0.1.0", new byte[0], 400),
        one(
            "no snappy",
            v1,
            "snappy",
            "0.1.0",
            "hello there".getBytes(StandardCharsets.UTF_8),
            400),
        one("framed snappy", v1, "snappy", "0.1.0", framed(one), 400),
        one("claims 2^31 - 1", v1, "snappy", "0.1.0", claiming(0x7FFFFFFFL), 400),
        one("claims 2^32 - 1", v1, "snappy", "0.1.0", claiming(0xFFFFFFFFL), 400),
        one("header of eleven bytes", v1, "snappy", "0.1.0", claiming(-1L), 400),
        one("cut in the middle", v1, "snappy", "0.1.0", Arrays.copyOf(one, one.length / 2), 400),
        one("no protobuf", v1, "snappy", "0.1.0", Bodies.packed("\u00ff\u00ff\u00ff\u00ff"), 400),
        one(
            "negative length",
            v1,
            "snappy",
            "0.1.0",
            Bodies.packed("\n\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u0001"),
            400),
        one("series without labels", v1, "snappy", "0.1.0", Bodies.packed("\n\u0000"), 400),
        one("too many series", v1, "snappy", "0.1.0", Bodies.samples(Protocol.V1, 101), 400),
        one("unpacks to too much", v1, "snappy", "0.1.0", Bodies.packed(new byte[400_000]), 413),
        one("32 MiB of zeros", v1, "snappy", "0.1.0", Bodies.packed(new byte[32 << 20]), 413),
        one("too large", v1, "snappy", "0.1.0", new byte[200_000], 413),
        one("33 MiB", v1, "snappy", "0.1.0", new byte[33 << 20], 413));
  }

  private static Case one(
      String name, String type, String encoding, String version, byte[] body, int status) {
    return new Case(name, type, encoding, version, () -> body, status);
  }

  @Test
  void aBodyOfUnannouncedSizeIsReadUpToTheLimitOnly() throws Exception {
    start(
        HeldSink.telling(Delivery.WRITTEN), limits(SMALL, 10_000_000, 100, Duration.ofSeconds(9)));
    for (int size : List.of(100_001, 33 << 20)) {
      var publisher = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[size]));
      HttpRequest request =
          HttpRequest.newBuilder(client.write(Protocol.V1, new byte[0]), (n, v) -> true)
              .POST(publisher)
              .build();
      assertThat(client.send(request).statusCode()).isEqualTo(413);
    }
    await().until(() -> client.metric("tocsin_gateway_in_flight_bytes") == 0);
    assertThat(client.metric("tocsin_gateway_rejected_total{reason=\"body_too_large\",}"))
        .isEqualTo(2);
  }

  @Test
  void bodiesLargerThanKafkasOwnDefaultAreTakenWhole() throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), LimitSettings.DEFAULTS);
    byte[] body = Bodies.large(3 << 20);
    assertThat(client.send(client.write(Protocol.V1, body)).statusCode()).isEqualTo(204);
    assertThat(sink.records.get(0).value()).isEqualTo(body);
  }

  @Test
  void onlyTheRightTokenOpens() throws Exception {
    GatewaySettings settings = Settings.with(LimitSettings.DEFAULTS, new Secret("right-token"));
    start(HeldSink.telling(Delivery.WRITTEN), settings);
    byte[] body = Bodies.samples(Protocol.V1, 1);
    for (String wrong :
        List.of("", "Bearer", "Bearer wrong-token", "Bearer right-token2", "Basic x")) {
      var answer = client.send(withToken(body, wrong));
      assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }
    assertThat(client.send(withToken(body, "bearer right-token")).statusCode()).isEqualTo(204);
    assertThat(settings.toString()).doesNotContain("right-token");
    assertThat(client.get("/metrics").body()).doesNotContain("right-token");
  }

  private HttpRequest withToken(byte[] body, String token) {
    HttpRequest write = client.write(Protocol.V1, body);
    return token.isEmpty()
        ? write
        : HttpRequest.newBuilder(write, (n, v) -> true).header("Authorization", token).build();
  }

  private void start(HeldSink heldSink, LimitSettings limits) throws GatewayException {
    start(heldSink, Settings.with(limits, null));
  }

  private void start(HeldSink heldSink, GatewaySettings settings) throws GatewayException {
    sink = heldSink;
    gateway = Gateway.start(settings, heldSink);
    client = new Client(gateway);
  }

  private static LimitSettings limits(
      RemoteWriteLimits body, long inFlightBytes, int maxRequests, Duration deadline) {
    return new LimitSettings(body, 50_000, inFlightBytes, maxRequests, deadline);
  }

  private static void header(HttpRequest.Builder request, String name, String value) {
    if (value != null) {
      request.header(name, value);
    }
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** A snappy header that claims so many bytes, with hardly any after it. */
  private static byte[] claiming(long length) {
    ByteBuffer body = ByteBuffer.allocate(16);
    long rest = length;
    while ((rest & ~0x7FL) != 0) {
      body.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    body.put((byte) rest);
    return Arrays.copyOf(body.array(), body.position() + 2);
  }

  private static byte[] framed(byte[] block) {
    byte[] start = {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};
    return ByteBuffer.allocate(start.length + block.length).put(start).put(block).array();
  }
}
