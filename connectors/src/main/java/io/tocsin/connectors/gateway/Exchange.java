// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its one answer. Whoever answers first wins: the handler, Kafka's acknowledgement
 * or the deadline, on whatever thread. An answer does not wait for the rest of the request's body,
 * but the connection is kept until the rest has been read and thrown away, for a while: a sender
 * whose connection is cut while it still writes may never see the answer.
 */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final long LINGER_MILLIS = 3_000;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Intake intake;
  private final AtomicBoolean answered = new AtomicBoolean();

  /** The answer is written; the body is read: both must be before the exchange is over. */
  private final AtomicInteger open = new AtomicInteger(2);

  private final AtomicBoolean over = new AtomicBoolean();
  private final Parts parts;
  private volatile @Nullable Answer given;
  private volatile Scheduler.@Nullable Task timer;

  Exchange(Request request, Response response, Callback callback, Parts parts) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.parts = parts;
    this.intake = new Intake(this, parts.admission);
    // While Kafka is waited for nothing moves on the connection; the deadline is what ends that.
    request.addIdleTimeoutListener(timeout -> false);
  }

  /**
   * What an exchange needs from its surroundings.
   *
   * @param workers where bodies are looked at
   * @param whenOver is told the answer when nothing more will happen; null when the sender went
   *     away before there was one
   */
  record Parts(Admission admission, Executor workers, Consumer<@Nullable Answer> whenOver) {}

  Request request() {
    return request;
  }

  @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  boolean answered() {
    return answered.get();
  }

  /** Answers this after a time unless something else has been answered until then. */
  void answerAfter(long millis, Answer answer) {
    timer = scheduler().schedule(() -> answer(answer), millis, TimeUnit.MILLISECONDS);
    if (answered.get()) {
      cancelTimer();
    }
  }

  /**
   * Reads the whole body and gives it to a worker, unless it is too large or there is no room for
   * it.
   */
  void readBody(BodyLimit limit, Consumer<byte[]> whenRead) {
    intake.begin(limit, body -> work(() -> whenRead.accept(body)));
  }

  private void work(Runnable task) {
    try {
      parts.workers.execute(() -> guard(task));
    } catch (RejectedExecutionException e) {
      answer(Answer.again("stopping", "the gateway is about to stop"));
    }
  }

  /** Runs a step of the exchange; should it fail, the sender is asked to try again. */
  void guard(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("a request to {} failed", request.getHttpURI().getPath(), e);
      answer(Answer.refusal(500, "failure", "the gateway failed at this request; see its log"));
    }
  }

  void answer(Answer answer) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    cancelTimer();
    given = answer;
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    ByteBuffer body = answer.body();
    if (answer.status() != 204) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
    }
    response.write(true, body, Callback.from(this::step, this::abort));
    intake.discard();
    if (!over.get() && open.get() > 0) {
      timer = scheduler().schedule(intake::abandon, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** The body has been read to its end, or as far as it ever will be. */
  void bodyDone() {
    step();
  }

  /** The connection is of no use any more. */
  void abort(Throwable failure) {
    answered.set(true);
    if (over.compareAndSet(false, true)) {
      finish();
      callback.failed(failure);
    }
  }

  private void step() {
    if (open.decrementAndGet() == 0 && over.compareAndSet(false, true)) {
      finish();
      callback.succeeded();
    }
  }

  private void finish() {
    cancelTimer();
    intake.release();
    parts.whenOver.accept(given);
  }

  private void cancelTimer() {
    Scheduler.Task task = timer;
    if (task != null) {
      task.cancel();
    }
  }

  private Scheduler scheduler() {
    return request.getComponents().getScheduler();
  }
}
