// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.prometheus.PrometheusException;
import io.tocsin.connectors.prometheus.PrometheusException.Kind;
import io.tocsin.connectors.prometheus.PrometheusHistory;
import io.tocsin.connectors.prometheus.RawSamples;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteClient;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.remotewrite.RemoteWriteHeaders;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings history from a Prometheus to the gateway: window by window in the order of time, and
 * within a window sample by sample, so that every series, and every histogram with all its buckets,
 * is learned as it was scraped. One request to Prometheus at a time, and one window in memory.
 *
 * <p>Up to now means until it has caught up: what was scraped while it ran is fetched as well, so
 * that live samples go on where the history ends.
 */
final class Backfill {
  /** What was scraped so lately may not be stored yet. */
  private static final Duration UNSETTLED = Duration.ofSeconds(10);

  /** A rest so short is left to what comes live. */
  private static final Duration CAUGHT_UP = Duration.ofSeconds(10);

  /** A shorter window is not cut any more when Prometheus finds it too much. */
  private static final long LEAST_WINDOW_MILLIS = 2_000;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int BODY_SAMPLES = 5_000;
  private static final int BODY_BYTES = 4 << 20;

  private final BackfillSettings settings;
  private final Clock clock;
  private final PrometheusHistory history;
  private final RemoteWriteClient gateway;
  private final RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
  private final Map<String, String> added = new TreeMap<>();
  private final long from;
  private long reached;
  private int windows;
  private long samples;
  private int series;
  private long histograms;

  /** How far it is, after each window. */
  interface Listener {
    void progress(Progress progress);
  }

  /**
   * How far it is.
   *
   * @param windows windows done
   * @param of of so many, as far as known
   * @param reached up to when all is sent, ms since the epoch
   * @param samples samples sent
   * @param series the most series that were in one window
   * @param histograms native histograms that were left out
   */
  record Progress(int windows, int of, long reached, long samples, int series, long histograms) {
    double part() {
      return windows / (double) of;
    }
  }

  Backfill(BackfillSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    from = settings.from().toEpochMilli();
    reached = from;
    history = new PrometheusHistory(settings.prometheus(), PATIENCE);
    gateway =
        new RemoteWriteClient(
            settings.gateway().resolve("/api/v1/write"),
            settings.gatewayToken(),
            Map.of(
                RemoteWriteHeaders.SENDER,
                "backfill",
                RemoteWriteHeaders.REPLAY,
                RemoteWriteHeaders.REPLAY_HISTORY),
            PATIENCE);
  }

  /** Up to when all has been sent, ms since the epoch. */
  long reached() {
    return reached;
  }

  /**
   * Brings all of it; returns how far it came.
   *
   * @throws PrometheusException when Prometheus does not give it
   * @throws IOException when the gateway does not take it
   */
  Progress run(Listener listener) throws PrometheusException, IOException, InterruptedException {
    sendKinds();
    added.putAll(history.externalLabels());
    added.putAll(settings.labels());
    while (goal() - reached >= (settings.until() == null ? CAUGHT_UP.toMillis() : 1)) {
      long until = Math.min(goal(), reached + settings.window().toMillis());
      bring(reached, until);
      windows++;
      reached = until;
      listener.progress(progress());
    }
    return progress();
  }

  private Progress progress() {
    long window = settings.window().toMillis();
    long left = Math.max(0, goal() - reached);
    int more = (int) ((left + window - 1) / window);
    return new Progress(windows, Math.max(1, windows + more), reached, samples, series, histograms);
  }

  private long goal() {
    return settings.until() == null
        ? clock.millis() - UNSETTLED.toMillis()
        : settings.until().toEpochMilli();
  }

  /**
   * Without them, kinds follow from names, which is a guess. The body goes also when it is empty:
   * it tells whether the gateway takes any.
   */
  private void sendKinds() throws PrometheusException, IOException, InterruptedException {
    history.kinds().forEach(encoder::metadata);
    gateway.post(encoder.finish());
  }

  private void bring(long begin, long end)
      throws PrometheusException, IOException, InterruptedException {
    RawSamples window;
    try {
      window =
          history.samples(new PrometheusHistory.Window(settings.selectors(), begin, end, added));
    } catch (PrometheusException e) {
      if (e.kind() != Kind.TOO_MUCH || end - begin < LEAST_WINDOW_MILLIS) {
        throw e;
      }
      long middle = begin + (end - begin) / 2;
      bring(begin, middle);
      bring(middle, end);
      return;
    }
    window.forEachByTime(this::send);
    if (encoder.samples() > 0) {
      gateway.post(encoder.finish());
    }
    samples += window.size();
    series = Math.max(series, window.seriesCount());
    histograms += window.histograms();
  }

  private void send(byte[] labels, long time, double value)
      throws IOException, InterruptedException {
    encoder.sample(labels, time, value);
    if (encoder.samples() >= BODY_SAMPLES || encoder.bytes() >= BODY_BYTES) {
      gateway.post(encoder.finish());
    }
  }
}
