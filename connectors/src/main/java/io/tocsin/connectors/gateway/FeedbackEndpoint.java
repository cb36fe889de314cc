// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.alertmanager.SilenceClient;
import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Incident;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Takes what somebody says of an incident that lasts: that a suspect was the cause, or was not,
 * that it was noise, or that its alert is to be silent for a while, which Alertmanager is asked for
 * at once. What was said goes into the topic of control.
 */
final class FeedbackEndpoint implements Endpoint {
  static final String BEFORE = "/api/v1/incidents/";
  static final String AFTER = "/feedback";
  private static final int MOST_BYTES = 16 * 1024;
  private static final BodyLimit LIMIT =
      new BodyLimit(
          MOST_BYTES,
          Answer.refusal(
              413, "body_too_large", "the body is larger than " + MOST_BYTES + " bytes"));

  private final IncidentIndex index;
  private final Silences silences;
  private final WriteEndpoint.Parts parts;

  FeedbackEndpoint(IncidentIndex index, Silences silences, WriteEndpoint.Parts parts) {
    this.index = index;
    this.silences = silences;
    this.parts = parts;
  }

  /** Whether a path is this endpoint's. */
  static boolean isPath(String path) {
    return path.startsWith(BEFORE)
        && path.endsWith(AFTER)
        && path.length() > BEFORE.length() + AFTER.length()
        && path.indexOf('/', BEFORE.length()) == path.length() - AFTER.length();
  }

  @Override
  public void handle(Exchange exchange) {
    String path = exchange.request().getHttpURI().getCanonicalPath();
    String id = path.substring(BEFORE.length(), path.length() - AFTER.length());
    exchange.readBody(LIMIT, body -> accept(exchange, id, body));
  }

  private void accept(Exchange exchange, String id, byte[] body) {
    Incident incident = index.find(id);
    if (incident == null) {
      exchange.answer(
          index.isComplete()
              ? Answer.refusal(404, "incident_unknown", "there is no incident " + id)
              : Answer.again("incidents_unread", "the incidents have not all been read yet"));
    } else if (IncidentIndex.isOver(incident)) {
      exchange.answer(
          Answer.refusal(
              409,
              "incident_closed",
              "incident " + id + " is over; only one that lasts is judged"));
    } else {
      accept(exchange, FeedbackReader.read(body, incident));
    }
  }

  private void accept(Exchange exchange, FeedbackReader.Result read) {
    if (read.problem() != null) {
      exchange.answer(Answer.refusal(400, "feedback", read.problem()));
      return;
    }
    Feedback feedback = Objects.requireNonNull(read.feedback());
    if (feedback.kind() != Feedback.Kind.MUTED) {
      send(exchange, feedback, "taken\n");
    } else if (silences.possible()) {
      silence(exchange, feedback, read);
    } else {
      exchange.answer(
          Answer.refusal(
              409,
              "no_alertmanager",
              "no Alertmanager can be silent; name one in alertmanagers of the gateway's file"));
    }
  }

  private void silence(Exchange exchange, Feedback feedback, FeedbackReader.Result read) {
    try {
      SilenceClient.Answer answer = silences.silence(feedback, read.silence());
      if (answer.silenced()) {
        send(exchange, feedback, "silence " + answer.text() + "\n");
      } else {
        exchange.answer(Answer.again("alertmanager", answer.text()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.answer(Answer.again("stopping", "the gateway is about to stop"));
    }
  }

  private void send(Exchange exchange, Feedback feedback, String said) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topic.CONTROL.topicName(),
            feedback.key().getBytes(StandardCharsets.UTF_8),
            Codecs.FEEDBACK.encode(feedback));
    parts
        .sink()
        .send(
            record,
            delivery ->
                parts
                    .answers()
                    .execute(
                        () ->
                            exchange.answer(
                                delivery == Delivery.WRITTEN
                                    ? Answer.good(202, said)
                                    : Answer.again(
                                        "kafka", "Kafka has not acknowledged the feedback"))));
  }
}
