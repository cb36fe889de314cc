// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

/**
 * Judges the series of one subject, sample by sample, each before it is learned. It is told what a
 * Prometheus user has, and nothing of the length, the range, the labels or the name of what it
 * sees.
 */
public interface Scorer {

  /**
   * Judges a sample, then learns it.
   *
   * @param series which of the subject's series
   * @param time ms since the epoch
   * @param value finite
   * @return 1.0 is the boundary
   */
  double score(int series, long time, double value);

  /** Whether an alarm for this series is under way after its last sample. */
  boolean alarmed(int series);

  /**
   * Judges all series of the subject together, after those that were sampled at a time.
   *
   * @return 1.0 is the boundary
   */
  default double scoreTogether(long time) {
    throw new UnsupportedOperationException("series are judged one by one");
  }

  /**
   * How much of the last score of all together is this series', by which it is judged then; NaN
   * from one that judges each series by itself as well.
   */
  default double partOfTogether(int series) {
    return Double.NaN;
  }

  /** Whether an alarm for the subject as a whole is under way. */
  default boolean alarmedTogether() {
    return false;
  }
}
