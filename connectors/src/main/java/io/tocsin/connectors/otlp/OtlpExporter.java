// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.http.Backoff;
import io.tocsin.connectors.http.HttpPoster;
import io.tocsin.connectors.otlp.OtlpListener.Reason;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to one collector on a thread of its own, so that nobody waits for it. What cannot
 * be sent waits in a bounded queue, of which the oldest goes first when it is full; of metrics only
 * the newest wait, for they say all that the older ones do.
 */
public final class OtlpExporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpExporter.class);

  private final OtlpSettings settings;
  private final OtlpListener listener;
  private final HttpPoster http;
  private final Thread thread = new Thread(this::run, "otlp");
  private final Deque<Export> waiting = new ArrayDeque<>();
  private boolean closed;

  /** What the collector does is said when it changes. */
  private OtlpOutcome said = OtlpOutcome.SENT;

  /** What is sent. */
  public enum Signal {
    METRICS,
    TRACES;

    /** As the path and the metrics name it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One request. */
  private static final class Export {
    private final Signal signal;
    private final byte[] body;

    Export(Signal signal, byte[] body) {
      this.signal = signal;
      this.body = body;
    }
  }

  /**
   * One that sends nothing before it is started.
   *
   * @param settings with an endpoint
   */
  public OtlpExporter(OtlpSettings settings, OtlpListener listener) {
    this.settings = settings;
    this.listener = listener;
    http = new HttpPoster(settings.timeout());
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Takes a request, as protobuf; returns at once. */
  public void offer(Signal signal, byte[] body) {
    Export dropped;
    synchronized (this) {
      dropped = makeRoom(signal);
      waiting.addLast(new Export(signal, body));
      notifyAll();
    }
    if (dropped != null) {
      listener.dropped(
          dropped.signal, dropped.signal == Signal.METRICS ? Reason.SUPERSEDED : Reason.OVERFLOW);
    }
  }

  private @Nullable Export makeRoom(Signal signal) {
    if (signal == Signal.METRICS) {
      for (Iterator<Export> each = waiting.iterator(); each.hasNext(); ) {
        Export export = each.next();
        if (export.signal == Signal.METRICS) {
          each.remove();
          return export;
        }
      }
    }
    return waiting.size() < settings.waiting() ? null : waiting.pollFirst();
  }

  private void run() {
    try {
      int failures = 0;
      for (Export next = next(); next != null; next = next()) {
        Duration pause = send(next, failures);
        failures = pause.isZero() ? 0 : failures + 1;
        rest(pause);
      }
    } catch (InterruptedException e) {
      LOG.debug("the way to the collector ends");
    }
  }

  /** What has waited longest; null once it is closed. */
  private synchronized @Nullable Export next() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    return closed ? null : waiting.peekFirst();
  }

  private synchronized void rest(Duration pause) throws InterruptedException {
    long until = System.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos(); left > 0 && !closed; left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Returns how long to wait until it is tried again, or zero when it is done with. */
  private Duration send(Export export, int failures) throws InterruptedException {
    HttpPoster.Reply reply = http.post(request(export.signal), export.body);
    OtlpOutcome outcome = OtlpOutcome.of(export.signal, reply);
    listener.attempted(export.signal, outcome);
    tell(outcome, reply);
    if (outcome == OtlpOutcome.UNAVAILABLE) {
      return Backoff.after(failures, reply.retryAfter());
    }
    synchronized (this) {
      // Unless it has made room for another meanwhile.
      waiting.removeFirstOccurrence(export);
    }
    if (outcome == OtlpOutcome.REFUSED) {
      listener.dropped(export.signal, Reason.REFUSED);
    }
    return Duration.ZERO;
  }

  private HttpRequest.Builder request(Signal signal) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.address(signal))
            .header("Content-Type", "application/x-protobuf")
            .header("User-Agent", "tocsin");
    for (Map.Entry<String, Secret> header : settings.headers().entrySet()) {
      request.header(header.getKey(), header.getValue().reveal());
    }
    return request;
  }

  /** Says neither path nor headers, nor what the collector says of them: these may be secret. */
  private void tell(OtlpOutcome outcome, HttpPoster.Reply reply) {
    if (outcome == said) {
      return;
    }
    said = outcome;
    URI to = settings.address(Signal.TRACES);
    String host = to.getHost() + (to.getPort() < 0 ? "" : ":" + to.getPort());
    String status = reply.answered() ? "it answers " + reply.status() : "it does not answer";
    switch (outcome) {
      case SENT -> LOG.info("the collector {} takes telemetry", host);
      case PARTIAL -> LOG.warn("the collector {} refuses a part; see its own log", host);
      case UNAVAILABLE ->
          LOG.warn("the collector {} takes no telemetry ({}); tried until it does", host, status);
      case REFUSED ->
          LOG.warn(
              "the collector {} refuses telemetry ({}); check otlp.endpoint and otlp.headers",
              host,
              status);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
  }
}
