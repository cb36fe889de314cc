// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

/** Something to be compared; one configuration for every corpus and every series. */
public interface Candidate {

  /** Its name in figures, in lower case. */
  String name();

  /** Its name in tables. */
  String title();

  /** Begins to watch the series of one subject. */
  Scorer start(int series);

  /**
   * Whether it judges each series without looking at the others of the subject, so that they can be
   * judged one after the other.
   */
  default boolean judgesAlone() {
    return true;
  }

  /**
   * Whether it judges subjects of several series as a whole; with {@link #judgesAlone} only as a
   * whole.
   */
  default boolean judgesTogether() {
    return false;
  }

  /** Begins to watch the series of one subject that are judged as a whole. */
  default Scorer startTogether(int series) {
    return start(series);
  }

  /** How many series its cost is measured with: enough to leave the processor's caches. */
  default int costSeries() {
    return 10_000;
  }
}
