// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.avro.Codecs;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangesEndpointTest {
  private static final String TWO =
      """
      [{"id": "a", "kind": "deploy", "title": "2", "node": "n"},
       {"id": "b", "kind": "flag", "title": "on", "node": "n"}]
      """;

  private Gateway gateway;
  private HeldSink sink;
  private Client client;

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void changesAreAcceptedWhenKafkaHasThemAll() throws Exception {
    start(HeldSink.holding());
    var answer = client.sendLater(post(TWO, "application/json; charset=utf-8"));
    await().until(() -> sink.held() == 2);
    sink.tell(Delivery.WRITTEN);
    assertThat(answer).isNotDone();
    sink.tell(Delivery.WRITTEN);
    assertThat(answer.get().statusCode()).isEqualTo(202);
    assertThat(answer.get().body()).isEqualTo("{\"ids\":[\"a\",\"b\"]}\n");
    assertThat(sink.records.get(1).topic()).isEqualTo("tocsin.changes");
    assertThat(Codecs.CHANGES.decode(sink.records.get(1).value()).title()).isEqualTo("on");
    assertThat(client.metric("tocsin_gateway_changes_total")).isEqualTo(2);
  }

  @Test
  void ifOneIsNotWrittenAllAreToBeSentAgain() throws Exception {
    start(HeldSink.holding());
    var answer = client.sendLater(post(TWO, "application/json"));
    await().until(() -> sink.held() == 2);
    sink.tell(Delivery.UNSURE);
    sink.tell(Delivery.WRITTEN);
    assertThat(answer.get().statusCode()).isEqualTo(503);
    assertThat(answer.get().headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void ofABodyWithAProblemNothingIsWritten() throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN));
    var answer = client.send(post(TWO.replace("\"on\"", "7"), "application/json"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("{\"problems\":[{\"path\":\"[1].title\",\"sentence\":\"must be a text\"}]}\n");
    assertThat(sink.records).isEmpty();
  }

  @Test
  void otherTypesAndLargeBodiesAreRefused() throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN));
    assertThat(client.send(post(TWO, "text/plain")).statusCode()).isEqualTo(415);
    String large = "[" + " ".repeat(2 << 20) + "]";
    assertThat(client.send(post(large, "application/json")).statusCode()).isEqualTo(413);
    assertThat(client.send(post("[]", "application/json")).statusCode()).isEqualTo(202);
  }

  private void start(HeldSink heldSink) throws GatewayException {
    sink = heldSink;
    gateway = Gateway.start(Settings.onAnyPort(GatewaySettings.DEFAULTS), heldSink);
    client = new Client(gateway);
  }

  private HttpRequest post(String body, String type) {
    return client
        .request("/api/v1/changes")
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body))
        .build();
  }
}
