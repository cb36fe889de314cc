// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.connectors.remotewrite.RemoteWriteHeaders;
import io.tocsin.connectors.remotewrite.RemoteWriteSender;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays a shop to the gateway: first its history as fast as it is taken, then live. The faults may
 * be changed by any thread while it plays.
 */
public final class ShopPlayer implements AutoCloseable {
  private static final int LANES = 2;

  /** How many samples may wait for a Prometheus that is slow; more are dropped. */
  private static final int MIRRORED_SAMPLES = 100_000;

  /** Of the history, so much is in the logs, too. */
  private static final long LOGGED_MILLIS = 3_600_000;

  private final Shop shop;
  private final PlayerSettings settings;
  private final Lane[] lanes = new Lane[LANES];
  private final LogSender sender;
  private final @Nullable RemoteWriteSender mirror;
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private volatile long time;

  /**
   * A player of a shop.
   *
   * @param sender takes what pods log: all that is live, and the last hour of the history
   */
  public ShopPlayer(Shop shop, PlayerSettings settings, LogSender sender) {
    this.shop = shop;
    this.sender = sender;
    this.settings = settings;
    time = shop.time();
    for (int i = 0; i < LANES; i++) {
      lanes[i] =
          new Lane(
              settings.gateway(),
              "shop-" + (i + 1),
              settings.replay() ? "true" : RemoteWriteHeaders.REPLAY_HISTORY);
    }
    URI prometheus = settings.mirror();
    mirror = prometheus == null ? null : new RemoteWriteSender(prometheus, "", MIRRORED_SAMPLES);
  }

  /**
   * Plays up to a time as fast as it goes; returns when all has arrived.
   *
   * @param until event time in ms since the epoch
   * @param progress is told the event time reached, after each step
   * @throws IOException when the gateway does not take it
   */
  public void playHistory(long until, LongConsumer progress)
      throws IOException, InterruptedException {
    long fine = until - settings.recent().toMillis();
    while (time < until) {
      boolean coarse = time + settings.coarseStep().toMillis() <= fine;
      step((coarse ? settings.coarseStep() : settings.liveStep()).toMillis(), false);
      if (time >= until - LOGGED_MILLIS) {
        writeLog();
      }
      progress.accept(time);
    }
    flush();
    for (Lane lane : lanes) {
      lane.await();
    }
  }

  /**
   * Plays live until the thread is interrupted: in time-lapse until it has caught up with the
   * clock, then with it.
   *
   * @throws IOException when the gateway does not take it
   */
  public void playLive() throws IOException, InterruptedException {
    if (!settings.replay()) {
      for (Lane lane : lanes) {
        lane.live();
      }
    }
    long begin = time;
    long wall = System.currentTimeMillis();
    while (true) {
      long next = time + settings.liveStep().toMillis();
      long due = Math.max(next, wall + (long) ((next - begin) / settings.speed()));
      TimeUnit.MILLISECONDS.sleep(Math.max(0, due - System.currentTimeMillis()));
      step(settings.liveStep().toMillis(), true);
      writeLog();
    }
  }

  private void step(long millis, boolean now) throws IOException, InterruptedException {
    shop.advance(time + millis, faults);
    long at = shop.time();
    shop.forEach(series -> lanes[laneOf(series)].sample(series, at));
    time = at;
    if (now && mirror != null) {
      shop.forEach(series -> mirror.offer(series.labels, at, series.value));
    }
    for (Lane lane : lanes) {
      if (now || lane.isFull()) {
        lane.send();
      }
    }
  }

  private void writeLog() {
    shop.log(settings.liveStep().toMillis() / 1000.0, faults, sender);
  }

  private void flush() throws IOException, InterruptedException {
    for (Lane lane : lanes) {
      lane.send();
    }
  }

  /** The series of a pod go one way, so that a histogram's buckets arrive together. */
  private static int laneOf(Series series) {
    String pod = series.labels.get("pod");
    String whole = pod.isEmpty() ? series.labels.get("node") : pod;
    return Math.floorMod(whole.hashCode(), LANES);
  }

  /** Where it is, event time in ms since the epoch. */
  public long time() {
    return time;
  }

  /** The faults so far, also those that have ended. */
  public List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** Lets a fault happen. */
  public void add(Fault fault) {
    faults.add(fault);
  }

  /** Ends a fault at a time at which it would still last. */
  public void end(Fault fault, long at) {
    faults.replaceAll(one -> one.equals(fault) ? one.endingAt(at) : one);
  }

  @Override
  public void close() {
    sender.close();
    if (mirror != null) {
      mirror.close();
    }
    for (Lane lane : lanes) {
      lane.close();
    }
  }
}
