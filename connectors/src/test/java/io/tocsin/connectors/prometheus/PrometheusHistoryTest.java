// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.prometheus.PrometheusException.Kind;
import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrometheusHistoryTest {
  private static final long FROM = 1_700_000_000_000L;
  private static final long UNTIL = FROM + 60_000;
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final String EMPTY =
      "{'status':'success','data':{'resultType':'matrix','result':[]}}";

  private FakePrometheus server;

  @BeforeEach
  void start() throws IOException {
    server = new FakePrometheus();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String matrix(String... series) {
    return json(
        "{'status':'success','data':{'resultType':'matrix','result':[%s]}}"
            .formatted(String.join(",", series)));
  }

  private PrometheusHistory history(Duration patience) {
    return new PrometheusHistory(PrometheusAddress.open(server.uri()), patience, MOMENT);
  }

  private RawSamples samples() throws Exception {
    return history(Duration.ofSeconds(30)).samples(window(List.of("up"), Map.of()));
  }

  private static PrometheusHistory.Window window(List<String> selectors, Map<String, String> add) {
    return new PrometheusHistory.Window(selectors, FROM, UNTIL, add);
  }

  private PrometheusException failure(Duration patience) {
    return catchThrowableOfType(
        PrometheusException.class,
        () -> history(patience).samples(window(List.of("up"), Map.of())));
  }

  /** What a gateway reads of the samples. */
  private static List<String> read(RawSamples samples) throws Exception {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
    samples.<RuntimeException>forEachByTime(encoder::sample);
    byte[] body = encoder.finishPlain();
    DecodedBody decoded = new DecodedBody();
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
    assertThat(decoder.decode(body, 0, body.length, Protocol.V1, decoded)).isNull();
    List<String> texts = new ArrayList<>();
    for (int n = 0; n < decoded.sampleCount(); n++) {
      Labels labels = decoded.labels(decoded.sampleSeries(n));
      double value = Double.longBitsToDouble(decoded.valueBits(n));
      texts.add("%s %d %s".formatted(labels, decoded.timestamp(n) - FROM, value));
    }
    return texts;
  }

  @Test
  void theSamplesOfAllSeriesComeByTime() throws Exception {
    server.answering(
        200,
        matrix(
            "{'metric':{'__name__':'up','job':'a'},"
                + "'values':[[1700000001.5,'1'],[1700000016.5,'0']]}",
            "{'metric':{'__name__':'up','job':'b'},"
                + "'values':[[1700000001.25,'0.5'],[1700000001.5,'2e3']]}"));
    assertThat(read(samples()))
        .containsExactly(
            "up{job=\"b\"} 1250 0.5",
            "up{job=\"a\"} 1500 1.0",
            "up{job=\"b\"} 1500 2000.0",
            "up{job=\"a\"} 16500 0.0");
  }

  @Test
  void aWindowIsAskedForToItsEndOnceForEachSelector() throws Exception {
    server.answering(200, json(EMPTY));
    RawSamples samples = history(MOMENT).samples(window(List.of("{job=\"a b\"}", "up"), Map.of()));
    assertThat(samples.size()).isZero();
    assertThat(samples.seriesCount()).isZero();
    assertThat(server.questions)
        .extracting(FakePrometheus.Question::path)
        .containsOnly("/api/v1/query");
    assertThat(server.questions.get(0).form())
        .contains("query={job=\"a b\"}[60000ms]", "time=1700000060.000");
    assertThat(server.questions.get(1).form()).contains("query=up[60000ms]");
  }

  @Test
  void whatLiesAtTheBeginningBelongsToTheWindowBefore() throws Exception {
    server.answering(
        200,
        matrix(
            "{'metric':{'__name__':'up'},'values':"
                + "[[1700000000,'1'],[1700000000.001,'2'],[1700000060,'3'],[1700000060.001,'4']]}"));
    assertThat(read(samples())).containsExactly("up 1 2.0", "up 60000 3.0");
  }

  @Test
  void numbersThatAreNoneAreKeptAndNativeHistogramsAreCounted() throws Exception {
    server.answering(
        200,
        matrix(
            "{'metric':{'__name__':'odd'},'values':"
                + "[[1700000001,'NaN'],[1700000002,'+Inf'],[1700000003,'-Inf']]}",
            "{'metric':{'__name__':'latency'},'histograms':[[1700000001,"
                + "{'count':'3','sum':'6','buckets':[[0,'1','2','3']]}]]}"));
    RawSamples samples = samples();
    assertThat(read(samples))
        .containsExactly("odd 1000 NaN", "odd 2000 Infinity", "odd 3000 -Infinity");
    assertThat(samples.histograms()).isEqualTo(1);
  }

  @Test
  void labelsAreAddedWhereTheyAreMissing() throws Exception {
    server.answering(
        200,
        matrix(
            "{'metric':{'__name__':'up'},'values':[[1700000001,'1']]}",
            "{'metric':{'__name__':'up','cluster':'b'},'values':[[1700000001,'1']]}"));
    assertThat(read(history(MOMENT).samples(window(List.of("up"), Map.of("cluster", "a")))))
        .containsExactly("up{cluster=\"a\"} 1000 1.0", "up{cluster=\"b\"} 1000 1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>a login page</html>",
        "[]",
        "{}",
        "{'status':'success'}",
        "{'data':{'resultType':'matrix','result':{}}}",
        "{'data':{'resultType':'matrix','result':[{'values':[[1,'1']]}]}}",
        "{'data':{'resultType':'matrix','result':[{'metric':{'a':1}}]}}",
        "{'data':{'resultType':'matrix','result':[{'metric':{},'values':[['1','1']]}]}}",
        "{'data':{'resultType':'matrix','result':[{'metric':{},'values':[[1,'one']]}]}}",
        "{'data':{'resultType':'matrix','result':[{'metric':{},'values':[[]]}]}}",
        "{'data':{'resultType':'matrix','result':[{'metric':{},'values':[[1"
      })
  void whatIsNoAnswerOfTheApiIsTold(String body) {
    server.answering(200, json(body));
    PrometheusException failure = failure(Duration.ofSeconds(30));
    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(failure.getMessage()).contains("answer");
    assertThat(server.questions).hasSize(1);
  }

  @Test
  void aQueryThatIsNoSelectorIsTold() {
    server.answering(200, json("{'data':{'resultType':'vector','result':[]}}"));
    assertThat(failure(MOMENT).kind()).isEqualTo(Kind.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "400, bad_data, REFUSED",
    "404, '', REFUSED",
    "422, execution, TOO_MUCH",
    "503, timeout, TOO_MUCH",
    "401, '', UNAUTHORISED",
    "403, '', UNAUTHORISED"
  })
  void anErrorIsToldOnceWithItsReason(int status, String type, Kind kind) {
    server.answering(
        status, json("{'status':'error','errorType':'%s','error':'the reason'}".formatted(type)));
    PrometheusException failure = failure(Duration.ofSeconds(30));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.getMessage())
        .contains(kind == Kind.UNAUTHORISED ? "bearer token" : "the reason");
    assertThat(server.questions).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void aServerThatIsBusyIsAskedAgain(int status) throws Exception {
    server
        .answering(status, "wait", "Retry-After", "0")
        .answering(status, "wait")
        .answering(200, matrix("{'metric':{'__name__':'up'},'values':[[1700000001,'1']]}"));
    assertThat(samples().size()).isEqualTo(1);
    assertThat(server.questions).hasSize(3);
  }

  @Test
  void anAnswerThatBreaksOffIsReadAnewAndNothingIsThereTwice() throws Exception {
    String whole =
        matrix("{'metric':{'__name__':'up'},'values':[[1700000001,'1'],[1700000002,'2']]}");
    server.breakingOff(whole.substring(0, whole.length() - 20)).answering(200, whole);
    assertThat(read(samples())).containsExactly("up 1000 1.0", "up 2000 2.0");
  }

  @Test
  void aServerThatStaysBusyIsGivenUp() {
    server.answering(503, "overloaded");
    PrometheusException failure = failure(Duration.ZERO);
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessage(server.uri() + " answers 503 overloaded");
  }

  @Test
  void nobodyThereIsToldAtOnce() throws Exception {
    URI nowhere;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    PrometheusHistory history =
        new PrometheusHistory(PrometheusAddress.open(nowhere), Duration.ofMinutes(5), MOMENT);
    PrometheusException failure =
        catchThrowableOfType(
            PrometheusException.class, () -> history.samples(window(List.of("up"), Map.of())));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageStartingWith(nowhere + " cannot be reached: ");
  }

  @Test
  void credentialsAreShown() throws Exception {
    server.answering(200, json(EMPTY));
    URI behindAPath = URI.create(server.uri() + "/prometheus/");
    for (PrometheusAddress address :
        List.of(
            PrometheusAddress.withToken(behindAPath, new Secret("abc")),
            PrometheusAddress.withPassword(behindAPath, "ann", new Secret("secret")))) {
      new PrometheusHistory(address, MOMENT, MOMENT).samples(window(List.of("up"), Map.of()));
    }
    assertThat(server.questions)
        .extracting(FakePrometheus.Question::authorization)
        .containsExactly("Bearer abc", "Basic YW5uOnNlY3JldA==");
    assertThat(server.questions.get(0).path()).isEqualTo("/prometheus/api/v1/query");
  }

  @Test
  void kindsAreThoseThatTargetsDeclare() throws Exception {
    server.answering(
        200,
        json(
            "{'status':'success','data':{'a_total':[{'type':'unknown'},{'type':'counter'}],"
                + "'b':[{'type':'gauge'},{'type':'counter'}],'c':[{'type':'histogram'}],"
                + "'d':[{'type':'stateset'}],'e':[{'type':'new'}],'f':[]}}"));
    assertThat(history(MOMENT).kinds())
        .isEqualTo(
            Map.of(
                "a_total", MetricKind.COUNTER,
                "b", MetricKind.GAUGE,
                "c", MetricKind.HISTOGRAM,
                "d", MetricKind.STATE_SET));
  }

  @Test
  void externalLabelsAreThoseOfTheConfiguration() throws Exception {
    server.answering(
        200,
        json(
            "{'status':'success','data':{'yaml':'global:\\n  scrape_interval: 15s\\n"
                + "  external_labels:\\n    cluster: eu\\n    replica: 1\\n'}}"));
    assertThat(history(MOMENT).externalLabels()).isEqualTo(Map.of("cluster", "eu", "replica", "1"));
  }

  @ParameterizedTest
  @CsvSource({"404, nothing here", "403, not for you", "200, <html>", "200, {}"})
  void aServerThatTellsNeitherIsNoError(int status, String body) throws Exception {
    server.answering(status, body);
    assertThat(history(MOMENT).kinds()).isEmpty();
    assertThat(history(MOMENT).externalLabels()).isEmpty();
  }
}
