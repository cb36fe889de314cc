// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A failure and when it is played.
 *
 * @param place cluster and namespace of everything in it, by which it has nothing in common with
 *     others
 * @param shift to be added to its times, ms; whole weeks, so that hours and weekdays stay
 */
record PlayedCase(FailureCase failure, String place, long shift) {
  /** Long ago, so that even many cases do not reach the present. */
  private static final long BEGIN = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();

  private static final long WEEK = Duration.ofDays(7).toMillis();

  /** After which whatever a case has led to is over. */
  private static final long GAP = Duration.ofHours(1).toMillis();

  /** One after the other, each when all of the one before is over. */
  static List<PlayedCase> schedule(List<FailureCase> failures) {
    List<PlayedCase> all = new ArrayList<>();
    long free = BEGIN;
    for (FailureCase each : failures) {
      long shift = -Math.floorDiv(each.from() - free, WEEK) * WEEK;
      PlayedCase played = new PlayedCase(each, "case-" + (all.size() + 1), shift);
      all.add(played);
      free = played.over();
    }
    return all;
  }

  /** When the failure begins, event time in ms since the epoch. */
  long time() {
    return failure.time() + shift;
  }

  /** When its last sample has been played. */
  long until() {
    return failure.until() + shift;
  }

  /** When nothing more comes of it. */
  long over() {
    return until() + GAP;
  }
}
