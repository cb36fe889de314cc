// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import io.tocsin.models.incidents.Alert;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to one Alertmanager: its alerts and the one thread that sends them. */
final class AlertmanagerLane implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerLane.class);

  /** It never waits longer than this, so that a clock that jumps, or is set, is noticed. */
  private static final long LONGEST_WAIT_MILLIS = 100;

  private final URI url;
  private final DispatchSettings settings;
  private final DispatchListener listener;
  private final Clock clock;
  private final AlertmanagerClient client;
  private final AlertBoard board;
  private final Thread thread;
  private boolean closed;
  private long pausedUntil;
  private int failures;

  AlertmanagerLane(
      AlertmanagerAddress address,
      DispatchSettings settings,
      DispatchListener listener,
      Clock clock) {
    this.url = address.url();
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
    client = new AlertmanagerClient(address, settings.timeout());
    board = new AlertBoard(settings);
    thread = new Thread(this, "alertmanager-" + url.getHost() + "-" + url.getPort());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  URI url() {
    return url;
  }

  /** Returns at once: the lock is never held while something is sent. */
  void offer(Alert alert) {
    Alert dropped;
    synchronized (this) {
      dropped = board.offer(alert, clock.millis());
      notifyAll();
    }
    if (dropped != null) {
      listener.overflowed(url, dropped);
    }
  }

  synchronized int waiting() {
    return board.waiting(clock.millis());
  }

  void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
  }

  @Override
  public void run() {
    try {
      List<Alert> batch = nextBatch();
      while (!batch.isEmpty()) {
        send(batch);
        batch = nextBatch();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for something to send; nothing once the lane is closed. */
  private synchronized List<Alert> nextBatch() throws InterruptedException {
    while (!closed) {
      long now = clock.millis();
      List<Alert> batch = now < pausedUntil ? List.of() : board.due(now);
      if (!batch.isEmpty()) {
        return batch;
      }
      wait(LONGEST_WAIT_MILLIS);
    }
    return List.of();
  }

  private void send(List<Alert> batch) throws InterruptedException {
    long begin = clock.millis();
    AlertmanagerClient.Answer answer =
        client.post(AlertmanagerJson.encode(batch, begin + settings.leaseMillis()));
    Duration took = Duration.ofMillis(clock.millis() - begin);
    listener.sent(url, answer.outcome(), batch.size(), took);
    switch (answer.outcome()) {
      case DELIVERED -> delivered(batch);
      case REJECTED -> rejected(batch, answer.text());
      case UNAVAILABLE, DENIED -> failed(answer);
    }
  }

  private synchronized void delivered(List<Alert> batch) {
    if (failures > 0) {
      LOG.info("Alertmanager {} takes alerts again", url);
    }
    failures = 0;
    board.delivered(batch, clock.millis());
  }

  private void rejected(List<Alert> batch, String answer) {
    boolean single = batch.size() == 1;
    synchronized (this) {
      failures = 0;
      if (single) {
        board.reject(batch.get(0), clock.millis());
      } else {
        board.isolate(batch);
      }
    }
    if (single) {
      LOG.warn("Alertmanager {} refuses alert {}: {}", url, batch.get(0).labels(), answer);
      listener.rejected(url, batch.get(0), answer);
    }
  }

  private synchronized void failed(AlertmanagerClient.Answer answer) {
    if (failures++ == 0) {
      boolean denied = answer.outcome() == Outcome.DENIED;
      String advice = denied ? "check its url and credentials" : "trying again";
      LOG.warn("Alertmanager {} takes no alerts, {}: {}", url, advice, answer.text());
    }
    pausedUntil = clock.millis() + settings.backoffMillis(failures);
  }
}
