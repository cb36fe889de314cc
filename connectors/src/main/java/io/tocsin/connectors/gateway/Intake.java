// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only reader of a request's body: first into memory, and once the request has been answered,
 * into nothing. Memory is taken as bytes arrive, not as they are announced, and every byte of it is
 * set aside with {@link Admission} first.
 */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final int FIRST_BYTES = 16 * 1024;

  /** How much of a refused body is read before the connection is given up. */
  private static final long MAX_DISCARDED_BYTES = 64L << 20;

  private static final BodyLimit NOTHING =
      new BodyLimit(0, Answer.again("over", "the request is over"));

  private final Exchange exchange;
  private final Admission admission;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicLong reserved = new AtomicLong();
  private BodyLimit limit = NOTHING;
  private @Nullable Consumer<byte[]> whenRead;
  private byte[] body = new byte[0];
  private int length;
  private long discarded;

  Intake(Exchange exchange, Admission admission) {
    this.exchange = exchange;
    this.admission = admission;
  }

  /** Reads the body to its end and passes it on. */
  void begin(BodyLimit bodyLimit, Consumer<byte[]> consumer) {
    if (exchange.request().getLength() > bodyLimit.maxBytes()) {
      exchange.answer(bodyLimit.tooLarge());
    } else if (begun.compareAndSet(false, true)) {
      limit = bodyLimit;
      whenRead = consumer;
      read();
    }
  }

  /** Reads what is left into nothing; called once the exchange has been answered. */
  void discard() {
    if (begun.compareAndSet(false, true)) {
      read();
    }
  }

  /** Gives up on what has not been read. */
  void abandon() {
    if (done.compareAndSet(false, true)) {
      exchange.bodyDone();
    }
  }

  /** Gives back the room that the body took. */
  void release() {
    admission.release(reserved.getAndSet(0));
  }

  private void read() {
    while (!done.get()) {
      Content.Chunk chunk = exchange.request().read();
      if (chunk == null) {
        exchange.request().demand(this::read);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        failed(chunk);
        return;
      }
      take(chunk);
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        end();
        return;
      }
      if (discarded > MAX_DISCARDED_BYTES) {
        abandon();
      }
    }
  }

  private void take(Content.Chunk chunk) {
    int size = chunk.remaining();
    if (exchange.answered()) {
      discarded += size;
    } else if (size > limit.maxBytes() - length) {
      exchange.answer(limit.tooLarge());
    } else if (makeRoom(length + size)) {
      chunk.getByteBuffer().get(body, length, size);
      length += size;
    } else {
      exchange.answer(Answer.again("bytes_in_flight", "the gateway holds as many bytes as it may"));
    }
  }

  private boolean makeRoom(int needed) {
    if (needed <= body.length) {
      return true;
    }
    int size = Math.min(limit.maxBytes(), Math.max(needed, Math.max(FIRST_BYTES, body.length * 2)));
    int more = size - body.length;
    if (!admission.reserve(more)) {
      return false;
    }
    reserved.addAndGet(more);
    body = Arrays.copyOf(body, size);
    return true;
  }

  private void end() {
    Consumer<byte[]> consumer = whenRead;
    if (done.compareAndSet(false, true)) {
      exchange.bodyDone();
    }
    if (consumer != null && !exchange.answered()) {
      consumer.accept(length == body.length ? body : Arrays.copyOf(body, length));
    }
  }

  /** The body stopped coming: the sender is gone, or too slow. */
  private void failed(Content.Chunk chunk) {
    LOG.debug("a body did not arrive whole", chunk.getFailure());
    exchange.answer(Answer.again("body_incomplete", "the body did not arrive whole"));
    abandon();
  }
}
