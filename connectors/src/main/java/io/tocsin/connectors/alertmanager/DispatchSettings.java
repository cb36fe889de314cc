// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import java.time.Duration;

/**
 * How alerts are sent.
 *
 * @param resendInterval how often an alert that fires is sent again
 * @param resolvedRetention for how long an alert that is over is sent again
 * @param timeout how long a request may take
 * @param leastBackoff the first pause after a failure; it doubles with each further one
 * @param mostBackoff the longest pause
 * @param capacity how many alerts wait for one Alertmanager; the oldest go first
 * @param batch how many alerts go in one request
 */
public record DispatchSettings(
    Duration resendInterval,
    Duration resolvedRetention,
    Duration timeout,
    Duration leastBackoff,
    Duration mostBackoff,
    int capacity,
    int batch) {
  /** As Prometheus does. */
  public static final DispatchSettings DEFAULTS =
      new DispatchSettings(
          Duration.ofSeconds(60),
          Duration.ofMinutes(15),
          Duration.ofSeconds(10),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          10_000,
          256);

  public DispatchSettings {
    require(positive(resendInterval), "resendInterval must be longer than zero");
    require(positive(resolvedRetention), "resolvedRetention must be longer than zero");
    require(positive(timeout), "timeout must be longer than zero");
    require(positive(leastBackoff), "leastBackoff must be longer than zero");
    require(mostBackoff.compareTo(leastBackoff) >= 0, "mostBackoff must not be below leastBackoff");
    require(batch >= 1 && capacity >= batch, "capacity must be at least batch, and batch 1");
  }

  /** These with another interval. */
  public DispatchSettings withResendInterval(Duration interval) {
    return new DispatchSettings(
        interval, resolvedRetention, timeout, leastBackoff, mostBackoff, capacity, batch);
  }

  /** How long an alert fires without being sent or offered again. */
  long leaseMillis() {
    return 4 * resendInterval.toMillis();
  }

  /** The pause after so many failures in a row. */
  long backoffMillis(int failures) {
    long doubled = leastBackoff.toMillis() << Math.min(failures - 1, 20);
    return Math.min(doubled, mostBackoff.toMillis());
  }

  private static boolean positive(Duration duration) {
    return duration.compareTo(Duration.ZERO) > 0;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
