// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.http.Backoff;
import io.tocsin.connectors.http.HttpPoster;
import io.tocsin.models.incidents.Language;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
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
  private final ChatSettings settings;
  private final ChatListener listener;
  private final Clock clock;
  private final Robot robot;
  private final HttpPoster http;
  private final Thread thread;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /** Only the lane's thread uses it. */
  private final Map<String, Sent> sent = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  ChatLane(
      Map.Entry<String, ChannelSettings> named,
      ChatSettings settings,
      ChatListener listener,
      Clock clock) {
    name = named.getKey();
    channel = named.getValue();
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
    robot = Robot.of(channel);
    http = new HttpPoster(settings.timeout());
    thread = new Thread(this, "chat-" + name);
    thread.setDaemon(true);
  }

  private record Waiting(Notice notice, long since) {}

  private record Sent(Notice notice, @Nullable String handle) {}

  void start() {
    thread.start();
  }

  Language language() {
    return channel.language();
  }

  boolean changesMessages() {
    return robot.changesMessages();
  }

  /** Takes a notice; returns at once, and false when too many wait. */
  synchronized boolean offer(Notice notice) {
    if (waiting.size() >= settings.waiting() && !waiting.containsKey(notice.key())) {
      return false;
    }
    Waiting before = waiting.get(notice.key());
    long since = before == null ? clock.millis() : before.since();
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
    Attempt attempt = attempt(notice, before == null ? null : before.handle());
    ChatOutcome outcome = attempt.outcome();
    if (outcome == ChatOutcome.SENT) {
      String handle = robot.handle(attempt.reply().text());
      remember(notice, handle == null && before != null ? before.handle() : handle);
      if (before == null && !notice.over()) {
        listener.began(name, notice.key());
      }
    }
    boolean patient = clock.millis() - message.since() < settings.patience().toMillis();
    if (outcome.passing() && patient) {
      Duration pause = Backoff.after(failures, attempt.reply().retryAfter());
      LOG.info("a message to {} was not taken ({}); again in {}", name, attempt.told(), pause);
      return pause;
    }
    done(message);
    if (outcome != ChatOutcome.SENT) {
      LOG.warn("a message to {} is given up: {}; {}", name, attempt.told(), remedy(outcome));
      listener.dropped(name, outcome);
    }
    return null;
  }

  private record Attempt(ChatOutcome outcome, HttpPoster.Reply reply, String told) {
    static Attempt none(ChatOutcome outcome, String why) {
      return new Attempt(outcome, new HttpPoster.Reply(0, "", ""), why);
    }
  }

  private Attempt attempt(Notice notice, @Nullable String handle) throws InterruptedException {
    long begin = System.nanoTime();
    ChatRequest request = robot.request(notice, handle, clock.millis());
    Attempt turnedAway = guard(request);
    Attempt attempt = turnedAway == null ? post(request) : turnedAway;
    listener.attempted(name, attempt.outcome(), Duration.ofNanos(System.nanoTime() - begin));
    return attempt;
  }

  /** Says why a request must not be made, or null. */
  private @Nullable Attempt guard(ChatRequest request) {
    try {
      return channel.privateAddresses() || AddressGuard.leadsOutside(request.url())
          ? null
          : Attempt.none(ChatOutcome.FORBIDDEN, "its URL leads to a private address");
    } catch (UnknownHostException e) {
      return Attempt.none(ChatOutcome.UNAVAILABLE, "its host has no address");
    }
  }

  private Attempt post(ChatRequest request) throws InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(request.url())
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "tocsin");
    Secret token = request.token();
    if (token != null) {
      post.header("Authorization", "Bearer " + token.reveal());
    }
    HttpPoster.Reply reply = http.post(post, request.body().getBytes(StandardCharsets.UTF_8));
    ChatOutcome outcome =
        reply.answered()
            ? Classifier.classify(channel.kind(), reply.status(), reply.text())
            : ChatOutcome.UNAVAILABLE;
    return new Attempt(outcome, reply, Redaction.told(reply, channel));
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
      case REFUSED -> "the next one may be taken";
      case LIMITED, UNAVAILABLE, SENT -> "it was tried for as long as the settings say";
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
