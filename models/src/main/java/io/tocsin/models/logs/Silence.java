// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

/**
 * How surprising it is that a pattern does not come while its service logs: the time of silence
 * over five times the longest that it ever was silent, and not less than five minutes.
 *
 * <p>Only what is too rare for a fall of its rate to be told from chance is watched so.
 */
final class Silence {
  private static final double LONGEST_GAPS = 5;
  private static final double LEAST_MILLIS = 300_000;
  private static final int REGULAR = 30;
  private static final long REGULAR_MILLIS = 1_800_000;

  /** As a Poisson count of an interval that may fall to nothing by chance and rounding. */
  private static final double RARE = 25;

  private Silence() {}

  /**
   * The score of a pattern's silence.
   *
   * @param usual how many lines it has in an interval
   */
  static double score(PatternLogs pattern, double usual, long time) {
    boolean regular =
        pattern.intervals >= REGULAR && pattern.last - pattern.first >= REGULAR_MILLIS;
    if (!regular || usual >= RARE) {
      return 0;
    }
    return (time - pattern.last) / Math.max(LEAST_MILLIS, LONGEST_GAPS * pattern.longestGap);
  }
}
