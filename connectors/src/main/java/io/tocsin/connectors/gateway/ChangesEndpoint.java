// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.gateway.ChangeReader.Result;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.models.changes.Change;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Takes changes as JSON: all of a body or none. */
final class ChangesEndpoint implements Endpoint {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final WriteEndpoint.Parts parts;
  private final ChangeReader reader = new ChangeReader(InstantSource.system());
  private final BodyLimit bodyLimit;

  ChangesEndpoint(LimitSettings limits, WriteEndpoint.Parts parts) {
    this.parts = parts;
    int maxBytes = limits.maxChangesBytes();
    bodyLimit =
        new BodyLimit(
            maxBytes,
            Answer.refusal(
                413, "body_too_large", "the body is larger than " + maxBytes + " bytes"));
  }

  @Override
  public void handle(Exchange exchange) {
    if (isJson(exchange.header("Content-Type"))) {
      exchange.readBody(bodyLimit, body -> accept(exchange, body));
    } else {
      exchange.answer(
          Answer.refusal(415, "unsupported_type", "Content-Type must be application/json"));
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
  }

  private void accept(Exchange exchange, byte[] body) {
    Result result = reader.read(body);
    if (!result.problems().isEmpty()) {
      exchange.answer(json(400, "changes", Map.of("problems", result.problems())));
    } else if (result.changes().isEmpty()) {
      exchange.answer(accepted(List.of()));
    } else {
      send(exchange, result.changes());
    }
  }

  /** Answers when the fate of all is known; ids make it harmless to send all of them again. */
  private void send(Exchange exchange, List<Change> changes) {
    AtomicInteger unknown = new AtomicInteger(changes.size());
    AtomicInteger unwritten = new AtomicInteger();
    Consumer<Delivery> told =
        delivery -> {
          if (delivery != Delivery.WRITTEN) {
            unwritten.incrementAndGet();
          }
          if (unknown.decrementAndGet() == 0) {
            parts.answers().execute(() -> exchange.answer(answer(changes, unwritten.get())));
          }
        };
    for (Change change : changes) {
      parts.sink().send(record(change), told);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(Change change) {
    return new ProducerRecord<>(
        Topic.CHANGES.topicName(),
        change.id().getBytes(StandardCharsets.UTF_8),
        Codecs.CHANGES.encode(change));
  }

  private Answer answer(List<Change> changes, int unwritten) {
    if (unwritten > 0) {
      return Answer.again("kafka", "Kafka has not acknowledged " + unwritten + " changes");
    }
    parts.metrics().changesWritten(changes.size());
    return accepted(changes);
  }

  private static Answer accepted(List<Change> changes) {
    return json(202, "", Map.of("ids", changes.stream().map(Change::id).toList()));
  }

  private static Answer json(int status, String reason, Map<String, ?> content) {
    try {
      String text = JSON.writeValueAsString(content) + "\n";
      return new Answer(status, reason, Map.of("Content-Type", "application/json"), text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
  }
}
