// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

/**
 * The least deviation that matters to anybody, whatever the noise of the series.
 *
 * @param absolute in the unit of the value
 * @param relative as a part of the expected value
 * @param counted whether the value is a rate of things that are counted one by one: such a rate
 *     jumps by chance alone, the more so the shorter the time it was counted over
 */
public record Effect(double absolute, double relative, boolean counted) {

  /** For a value that is measured, not counted. */
  public Effect(double absolute, double relative) {
    this(absolute, relative, false);
  }

  public Effect {
    if (!(absolute >= 0) || !(relative >= 0)) {
      throw new IllegalArgumentException("the least effect must be zero or more");
    }
  }

  private static final double MILLIS_PER_SECOND = 1000;
  private static final double CHANCE_EVENTS = 4;
  private static final double CHANCE_DEVIATIONS = 4;

  /** Float rounding must not look like a deviation. */
  private static final double RESOLUTION = 1e-6;

  /**
   * The least deviation from what is expected that matters, and that is no accident of rounding or
   * counting.
   *
   * @param elapsed time since the value before, ms
   */
  double smallest(double expected, double value, double elapsed) {
    double matters = Math.max(absolute, relative * Math.abs(expected));
    double smallest = Math.max(matters, RESOLUTION * Math.abs(value) + Levels.LEAST);
    double seconds = elapsed / MILLIS_PER_SECOND;
    return counted && seconds > 0
        ? Math.max(smallest, byChance(Math.max(0, expected) * seconds) / seconds)
        : smallest;
  }

  /**
   * By how much a count may pass its expectation by chance: a bound on the tail of the Poisson
   * distribution, passed about once in a hundred thousand times.
   */
  private static double byChance(double expectedCount) {
    return CHANCE_EVENTS + CHANCE_DEVIATIONS * Math.sqrt(expectedCount);
  }
}
