// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.connectors.avro.Codecs;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackEndpointTest {
  private static final String ID = "0123456789abcdef";

  private final IncidentIndex index = new IncidentIndex();
  private final HeldSink sink = HeldSink.telling(Delivery.WRITTEN);
  private final List<String> silences = new ArrayList<>();
  private HttpServer alertmanager;
  private Gateway gateway;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    alertmanager = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    alertmanager.createContext(
        "/api/v2/silences",
        exchange -> {
          silences.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer = "{\"silenceID\":\"s-1\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    alertmanager.start();
    index.caughtUp();
    index.take(incident(ID, Transition.OPENED, 1));
    open("http://127.0.0.1:" + alertmanager.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    gateway.close();
    alertmanager.stop(0);
  }

  private void open(String... urls) throws GatewayException {
    GatewaySettings usual = Settings.onAnyPort(GatewaySettings.DEFAULTS);
    gateway =
        Gateway.start(
            new GatewaySettings(
                usual.listen(),
                usual.kafka(),
                usual.limits(),
                null,
                usual.tenantHeader(),
                usual.heartbeat(),
                Arrays.stream(urls).map(AlertmanagerAddress::of).toList(),
                usual.page(),
                usual.chat(),
                usual.otlp()),
            sink,
            index,
            () -> {});
    client = new Client(gateway);
  }

  @Test
  void aConfirmedSuspectIsWritten() throws Exception {
    HttpResponse<String> answer =
        post(ID, "{\"kind\": \"confirmed\", \"author\": \"ada\", \"comment\": \"it was\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(written())
        .containsExactly(
            new Feedback(
                ID, Feedback.Kind.CONFIRMED, service("payments"), "", 1_000, "ada", "it was"));
    assertThat(sink.records.get(0).topic()).isEqualTo("tocsin.control");
  }

  @Test
  void aSuspectIsNamedAndSoIsACauseThatWasNone() throws Exception {
    post(ID, "{\"kind\": \"wrong\", \"suspect\": \"cart\"}");
    post(ID, "{\"kind\": \"confirmed\", \"suspect\": \"dns\"}");
    assertThat(written())
        .extracting(Feedback::entity)
        .containsExactly(service("cart"), service("dns"));
  }

  @Test
  void noiseNamesTheSymptom() throws Exception {
    assertThat(post(ID, "{\"kind\": \"noise\"}").statusCode()).isEqualTo(202);
    assertThat(written().get(0).metric()).isEqualTo("latency_seconds");
    assertThat(written().get(0).entity()).isEqualTo(service("checkout"));
  }

  @Test
  void noiseNamesTheSymptomThatOpenedTheIncidentHoweverWeakItIs() throws Exception {
    index.take(incident(ID, Transition.UPDATED, 2, openedBy("errors_total")));
    post(ID, "{\"kind\": \"noise\"}");
    assertThat(written().get(0).metric()).isEqualTo("errors_total");
  }

  @Test
  void whoMutesWhatWasNoiseTakesNothingBack() throws Exception {
    post(ID, "{\"kind\": \"noise\"}");
    post(ID, "{\"kind\": \"mute\"}");
    post(ID, "{\"kind\": \"confirmed\", \"suspect\": \"checkout\"}");
    post(ID, "{\"kind\": \"confirmed\"}");
    post(ID, "{\"kind\": \"wrong\"}");
    List<String> keys = keys();
    assertThat(keys.subList(0, 4)).doesNotHaveDuplicates();
    assertThat(keys.get(4)).isEqualTo(keys.get(3));
  }

  @Test
  void muteIsASilenceOfAlertmanager() throws Exception {
    HttpResponse<String> answer = post(ID, "{\"kind\": \"mute\", \"duration\": \"30m\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("silence s-1\n");
    assertThat(silences).singleElement().asString().contains("\"" + ID + "\"", "\"incident\"");
    assertThat(written().get(0).kind()).isEqualTo(Feedback.Kind.MUTED);
  }

  @Test
  void withoutAnAlertmanagerNothingCanBeMuted() throws Exception {
    gateway.close();
    open();
    HttpResponse<String> answer = post(ID, "{\"kind\": \"mute\"}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("name one in alertmanagers");
    assertThat(sink.records).isEmpty();
  }

  @Test
  void anUnknownIncidentIsNotFoundOnceAllHaveBeenRead() throws Exception {
    HttpResponse<String> answer = post("fedcba9876543210", "{\"kind\": \"noise\"}");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("there is no incident fedcba9876543210\n");
  }

  @Test
  void anIncidentThatIsOverIsAConflict() throws Exception {
    index.take(incident(ID, Transition.RESOLVED, 2));
    HttpResponse<String> answer = post(ID, "{\"kind\": \"noise\"}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("is over");
    assertThat(sink.records).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"kind\": \"nice\"}",
        "{\"kind\": 7}",
        "{\"kind\": \"noise\", \"colour\": \"red\"}",
        "{\"kind\": \"mute\", \"duration\": \"soon\"}",
        "{\"kind\": \"mute\", \"duration\": \"900d\"}"
      })
  void whatMeansNothingIsRefusedWithTheReason(String body) throws Exception {
    HttpResponse<String> answer = post(ID, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isNotBlank();
    assertThat(sink.records).isEmpty();
    assertThat(silences).isEmpty();
  }

  @Test
  void theIndexKeepsSoManyAndThoseThatLastLongest() {
    IncidentIndex small = new IncidentIndex(3);
    small.take(incident("a", Transition.OPENED, 1));
    small.take(incident("b", Transition.RESOLVED, 2));
    small.take(incident("c", Transition.OPENED, 1));
    small.take(incident("d", Transition.OPENED, 1));
    assertThat(small.all()).extracting(Incident::id).containsExactlyInAnyOrder("a", "c", "d");
    small.take(incident("e", Transition.OPENED, 1));
    assertThat(small.find("a")).isNull();
    small.take(incident("c", Transition.OPENED, 7));
    small.take(incident("c", Transition.RESOLVED, 6));
    assertThat(small.find("c")).extracting(Incident::revision).isEqualTo(7);
  }

  private List<Feedback> written() throws Exception {
    List<Feedback> all = new ArrayList<>();
    for (var record : sink.records) {
      all.add(Codecs.FEEDBACK.decode(record.value()));
    }
    return all;
  }

  /** Those of what was said; marks of time have none. */
  private List<String> keys() {
    return sink.records.stream()
        .filter(record -> record.key() != null)
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  private HttpResponse<String> post(String id, String body) throws Exception {
    return client.send(
        client
            .request("/api/v1/incidents/" + id + "/feedback")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static Entity service(String name) {
    return new Entity("", "shop", "", name, "", "");
  }

  private static Grouping openedBy(String metric) {
    return new Grouping("", List.of(), List.of(), 0, 0, 1, metric, service("checkout"), 1);
  }

  private static Incident incident(String id, Transition transition, int revision) {
    return incident(id, transition, revision, Grouping.NONE);
  }

  private static Incident incident(
      String id, Transition transition, int revision, Grouping grouping) {
    Evidence symptom =
        new Evidence(
            Evidence.Kind.METRIC,
            "f",
            Labels.of(Labels.NAME, "latency_seconds:p95"),
            "seconds",
            Direction.UP,
            500,
            2,
            2,
            1,
            0,
            null);
    return new Incident(
        id,
        transition,
        revision,
        1_000,
        500,
        900,
        0,
        Severity.WARNING,
        service("checkout"),
        "t",
        List.of(symptom),
        List.of(suspect("payments"), suspect("cart")),
        List.of(),
        List.of(),
        3,
        grouping);
  }

  private static Suspect suspect(String name) {
    return new Suspect(service(name), 1, 0.4, 500, List.of());
  }
}
