// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.connectors.chat.ChatPoster.Attempt;
import io.tocsin.connectors.http.Backoff;
import io.tocsin.models.incidents.Incident;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one channel: what waits for it, and the one thread that sends it, no faster than the
 * channel takes. Of an incident only the newest notice waits.
 */
final class ChatLane implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChatLane.class);
  private static final int MOST_SENT = 2_000;

  private final String name;
  private final ChannelSettings channel;
  private final Parts parts;
  private final Robot robot;
  private final NoticeMaker maker;
  private final ChannelPictures pictures;
  private final ChatPoster poster;
  private final Thread thread;
  private final ToldAlerts told = new ToldAlerts();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /** Only the lane's thread uses it. */
  private final Map<String, Sent> sent = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  ChatLane(String name, ChannelSettings channel, Parts parts) {
    this.name = name;
    this.channel = channel;
    this.parts = parts;
    robot = Robot.of(channel);
    maker = new NoticeMaker(channel.language(), parts.incidents());
    pictures = new ChannelPictures(name, channel, parts);
    poster = new ChatPoster(channel, parts.settings().timeout());
    thread = new Thread(this, "chat-" + name);
    thread.setDaemon(true);
  }

  /** What all lanes share. */
  record Parts(
      ChatSettings settings, IncidentSource incidents, ChatListener listener, Clock clock) {}

  private record Waiting(Notice notice, long since) {}

  private record Sent(Notice notice, @Nullable String handle) {}

  void start() {
    thread.start();
  }

  /** Takes an alert; returns at once, and false when too many wait. */
  boolean take(ReceivedAlert alert) {
    told.note(alert, maker.incident(alert));
    return offer(maker.of(alert));
  }

  /** Takes what became of an incident, which matters only if the channel was told of it. */
  void take(Incident incident) {
    ReceivedAlert alert = told.changed(incident, robot.changesMessages());
    if (alert != null) {
      offer(maker.of(alert, incident));
    }
  }

  private synchronized boolean offer(Notice notice) {
    if (waiting.size() >= parts.settings().waiting() && !waiting.containsKey(notice.key())) {
      return false;
    }
    Waiting before = waiting.get(notice.key());
    long since = before == null ? parts.clock().millis() : before.since();
    waiting.put(notice.key(), new Waiting(notice, since));
    notifyAll();
    return true;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  @Override
  public void run() {
    try {
      int failures = 0;
      for (Waiting next = next(); next != null; next = next()) {
        Duration pause = send(next, failures);
        failures = pause == null ? 0 : failures + 1;
        Thread.sleep((pause == null ? channel.kind().spacing() : pause).toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("the lane of {} ends", name);
    }
  }

  private synchronized @Nullable Waiting next() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    Iterator<Waiting> first = waiting.values().iterator();
    return closed ? null : first.next();
  }

  /** Sends it, or gives it up; returns how long to wait until it is tried again, else null. */
  private @Nullable Duration send(Waiting message, int failures) throws InterruptedException {
    Notice notice = message.notice();
    Sent before = sent.get(notice.key());
    if (before != null && notice.saysTheSameAs(before.notice())) {
      done(message);
      return null;
    }
    Attempt attempt = tell(notice, before == null ? null : before.handle());
    ChatOutcome outcome = attempt.outcome();
    boolean patient =
        parts.clock().millis() - message.since() < parts.settings().patience().toMillis();
    if (outcome.passing() && patient) {
      Duration pause = Backoff.after(failures, attempt.reply().retryAfter());
      LOG.info("a message to {} was not taken ({}); again in {}", name, attempt.told(), pause);
      return pause;
    }
    done(message);
    if (outcome == ChatOutcome.SENT) {
      String handle = robot.handle(attempt.reply().text());
      remember(notice, handle == null && before != null ? before.handle() : handle);
      if (before == null && !notice.over()) {
        parts.listener().began(name, notice.key());
        sendPicture(notice);
      }
    } else {
      LOG.warn("a message to {} is given up: {}; {}", name, attempt.told(), remedy(outcome));
      parts.listener().dropped(name, outcome);
    }
    return null;
  }

  private Attempt tell(Notice notice, @Nullable String handle) throws InterruptedException {
    Notice shown = pictures.fetched(notice);
    Attempt attempt = attempt(robot.request(shown, handle, parts.clock().millis()));
    if (attempt.outcome() != ChatOutcome.REFUSED || shown.picture().isEmpty()) {
      return attempt;
    }
    // Slack takes no message whose picture it cannot fetch.
    LOG.info("{} refuses a message with a picture ({}); without", name, attempt.told());
    Thread.sleep(channel.kind().spacing().toMillis());
    Attempt without = attempt(robot.request(notice, handle, parts.clock().millis()));
    if (without.outcome() == ChatOutcome.SENT) {
      pictures.refused();
    }
    return without;
  }

  /** Tries it once: the text has said what there is to say. */
  private void sendPicture(Notice notice) throws InterruptedException {
    ByteBuffer png = pictures.sent(notice);
    ChatRequest request = png == null ? null : robot.picture(png);
    if (request != null) {
      Thread.sleep(channel.kind().spacing().toMillis());
      if (attempt(request).outcome() != ChatOutcome.SENT) {
        pictures.refused();
      }
    }
  }

  private Attempt attempt(ChatRequest request) throws InterruptedException {
    long begin = System.nanoTime();
    Attempt attempt = poster.post(request);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    parts.listener().attempted(name, attempt.outcome(), took);
    return attempt;
  }

  private void remember(Notice notice, @Nullable String handle) {
    sent.put(notice.key(), new Sent(notice, handle));
    if (sent.size() > MOST_SENT) {
      sent.remove(sent.keySet().iterator().next());
    }
  }

  /** Unless a newer notice has taken its place meanwhile. */
  private synchronized void done(Waiting message) {
    waiting.remove(message.notice().key(), message);
  }

  private static String remedy(ChatOutcome outcome) {
    return switch (outcome) {
      case REVOKED -> "see whether its URL, token, secret and clock are right";
      case FORBIDDEN -> "set privateAddresses if that is meant; redirects are never followed";
      case REFUSED -> "tell us what it answered; the next one may be taken";
      case LIMITED, UNAVAILABLE, SENT ->
          "see whether its host is reachable and not told too much; chat.patience limits the tries";
    };
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
