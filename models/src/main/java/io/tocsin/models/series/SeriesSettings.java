// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import java.io.Serializable;
import java.time.Duration;

/**
 * How samples are taken in and series are kept.
 *
 * @param leastObservations a quantile is taken over at least so many observations
 * @param quantileSpan a quantile is taken over at most this time; with fewer observations there is
 *     none
 * @param futureLimit a sample further ahead of its arrival than this is not believed
 * @param gap a counter silent for longer than this begins anew
 * @param silence a finding whose series is silent for longer than this is over
 * @param expiry a series silent for longer than this, and for longer than it lived, is forgotten
 * @param memory a series silent for longer than this is forgotten, however long it lived
 * @param maxSeriesPerShard series beyond this are counted and refused; shards fill unevenly, since
 *     the copies of one series share theirs
 */
public record SeriesSettings(
    int leastObservations,
    Duration quantileSpan,
    Duration futureLimit,
    Duration gap,
    Duration silence,
    Duration expiry,
    Duration memory,
    int maxSeriesPerShard)
    implements Serializable {

  /** As many rows as can be numbered, and more than fit into the memory of one machine. */
  private static final int MOST_SERIES = 1_000_000;

  /** Labels travel once an hour only: what is forgotten sooner would be refused until then. */
  private static final Duration LEAST_EXPIRY = Duration.ofHours(2);

  /** What is shipped. */
  public static final SeriesSettings DEFAULTS =
      new SeriesSettings(
          20,
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          Duration.ofHours(24),
          Duration.ofDays(14),
          24_000);

  public SeriesSettings {
    if (leastObservations < 1 || maxSeriesPerShard < 1 || maxSeriesPerShard > MOST_SERIES) {
      throw new IllegalArgumentException(
          "leastObservations must be at least 1, and maxSeriesPerShard from 1 to " + MOST_SERIES);
    }
    for (Duration each : new Duration[] {quantileSpan, futureLimit, gap, silence, expiry, memory}) {
      if (each.isNegative() || each.isZero()) {
        throw new IllegalArgumentException(
            "quantileSpan, futureLimit, gap, silence, expiry and memory must be longer than zero");
      }
    }
    if (memory.compareTo(expiry) < 0) {
      throw new IllegalArgumentException("memory must not be shorter than expiry");
    }
    if (expiry.compareTo(gap) < 0
        || expiry.compareTo(silence) < 0
        || expiry.compareTo(LEAST_EXPIRY) < 0) {
      throw new IllegalArgumentException(
          "expiry must be at least 2 h, and not shorter than gap or silence");
    }
  }
}
