// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.gateway.RemoteWriteCheck.Contents;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.Rejection;
import io.tocsin.connectors.remotewrite.RemoteWriteHeaders;
import io.tocsin.connectors.remotewrite.RemoteWriteHeaders.Negotiation;
import io.tocsin.connectors.topics.RecordHeaders;
import io.tocsin.connectors.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Remote write: a body that is right in every part goes to Kafka as it came, and is acknowledged
 * once Kafka has acknowledged it.
 */
final class WriteEndpoint implements Endpoint {
  static final String SENDER_HEADER = RemoteWriteHeaders.SENDER;

  /** Says that the samples are of the past; one of the words of {@link Replay}. */
  static final String REPLAY_HEADER = RemoteWriteHeaders.REPLAY;

  /** What a sender says of the time of its samples. */
  private enum Replay {
    /** They were scraped just now: the record gets the time of its arrival. */
    FALSE,
    /**
     * They are to be taken as if they had arrived when they were scraped: the record gets the time
     * of the body's latest sample, though never a later one than now; without a sample, now.
     */
    TRUE,
    /** They are to be learned from only: the record gets the time of its arrival and a mark. */
    HISTORY;

    static @Nullable Replay of(@Nullable String header) {
      return header == null
          ? FALSE
          : switch (header) {
            case "false" -> FALSE;
            case "true" -> TRUE;
            case RemoteWriteHeaders.REPLAY_HISTORY -> HISTORY;
            default -> null;
          };
    }
  }

  private static final String DEFAULT_TENANT = "default";
  private static final int MAX_NAME_LENGTH = 200;

  private final GatewaySettings settings;
  private final Parts parts;
  private final BodyLimit bodyLimit;

  /** Checks that nobody uses at the moment: never more than there are workers. */
  private final Queue<RemoteWriteCheck> idleChecks = new ConcurrentLinkedQueue<>();

  /**
   * What the endpoint works with.
   *
   * @param answers where answers are written, never on Kafka's own thread
   */
  record Parts(RecordSink sink, GatewayMetrics metrics, Executor answers) {}

  /** A body's way into Kafka. */
  private record Upload(
      Exchange exchange, Protocol protocol, String tenant, String sender, Replay replay) {
    byte[] key() {
      return bytes(tenant + "/" + sender);
    }

    /** The record's timestamp in ms since 1970. */
    long time(Contents contents) {
      long now = System.currentTimeMillis();
      boolean past = replay == Replay.TRUE && contents.latest() != Long.MIN_VALUE;
      return past ? Math.max(0, Math.min(contents.latest(), now)) : now;
    }
  }

  WriteEndpoint(GatewaySettings settings, Parts parts) {
    this.settings = settings;
    this.parts = parts;
    int maxBytes = settings.limits().remoteWrite().maxBodyBytes();
    Rejection tooLarge =
        new Rejection(
            Rejection.Reason.BODY_TOO_LARGE, "the body is larger than " + maxBytes + " bytes");
    bodyLimit = new BodyLimit(maxBytes, refusal(tooLarge));
  }

  @Override
  public void handle(Exchange exchange) {
    Negotiation negotiation =
        RemoteWriteHeaders.negotiate(
            exchange.header(RemoteWriteHeaders.CONTENT_TYPE),
            exchange.header(RemoteWriteHeaders.CONTENT_ENCODING),
            exchange.header(RemoteWriteHeaders.VERSION));
    Protocol protocol = negotiation.protocol();
    if (protocol == null) {
      exchange.answer(refusal(Objects.requireNonNull(negotiation.rejection())));
      return;
    }
    Replay replay = Replay.of(exchange.header(REPLAY_HEADER));
    if (replay == null) {
      exchange.answer(
          Answer.refusal(
              400, "replay", REPLAY_HEADER + " must be true, false or history, or left out"));
      return;
    }
    Upload upload = new Upload(exchange, protocol, tenant(exchange), sender(exchange), replay);
    if (Math.max(upload.tenant.length(), upload.sender.length()) > MAX_NAME_LENGTH) {
      exchange.answer(
          Answer.refusal(
              400, "tenant", "tenant and sender must have 200 characters at most, shorten them"));
      return;
    }
    exchange.readBody(bodyLimit, body -> check(upload, body));
  }

  private void check(Upload upload, byte[] body) {
    if (upload.exchange.answered()) {
      return;
    }
    RemoteWriteCheck idle = idleChecks.poll();
    RemoteWriteCheck check =
        idle == null ? new RemoteWriteCheck(settings.limits().remoteWrite()) : idle;
    Rejection rejection = check.check(body, upload.protocol);
    Contents contents = check.contents();
    idleChecks.add(check);
    if (rejection == null) {
      send(upload, body, contents);
    } else {
      upload.exchange.answer(refusal(rejection));
    }
  }

  private void send(Upload upload, byte[] body, Contents contents) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topic.METRICS.topicName(), null, upload.time(contents), upload.key(), body);
    record.headers().add(RecordHeaders.PROTOCOL, bytes(upload.protocol == Protocol.V1 ? "1" : "2"));
    record.headers().add(RecordHeaders.TENANT, bytes(upload.tenant));
    if (upload.replay == Replay.HISTORY) {
      record.headers().add(RecordHeaders.HISTORY, bytes("1"));
    }
    long begun = System.nanoTime();
    parts.sink.send(
        record,
        delivery -> {
          parts.metrics.produced(System.nanoTime() - begun);
          parts.answers.execute(() -> upload.exchange.answer(answer(delivery, contents)));
        });
  }

  private Answer answer(Delivery delivery, Contents contents) {
    return switch (delivery) {
      case WRITTEN -> {
        parts.metrics.written(contents);
        yield written(contents);
      }
      case UNSURE -> Answer.again("kafka", "Kafka has not acknowledged the body");
      case TOO_LARGE ->
          Answer.refusal(
              413,
              "record_too_large",
              "the body is larger than Kafka takes; raise max.message.bytes of tocsin.metrics");
    };
  }

  private static Answer written(Contents contents) {
    return new Answer(
        204,
        "",
        Map.of(
            RemoteWriteHeaders.SAMPLES_WRITTEN, Integer.toString(contents.samples()),
            RemoteWriteHeaders.HISTOGRAMS_WRITTEN, Integer.toString(contents.histograms()),
            RemoteWriteHeaders.EXEMPLARS_WRITTEN, Integer.toString(contents.exemplars())),
        "");
  }

  private static Answer refusal(Rejection rejection) {
    return Answer.refusal(
        rejection.reason().status(), rejection.reason().word(), rejection.detail());
  }

  private String tenant(Exchange exchange) {
    String tenant = exchange.header(settings.tenantHeader());
    return tenant == null || tenant.isEmpty() ? DEFAULT_TENANT : tenant;
  }

  private static String sender(Exchange exchange) {
    String sender = exchange.header(SENDER_HEADER);
    return sender == null || sender.isEmpty() ? Request.getRemoteAddr(exchange.request()) : sender;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
