// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.Labels;

/** Takes what a {@link LogScorer} has to say. */
public interface LogListener {
  /** A rate is unusual, still is, or is no more; it counts for the budget of its service. */
  void deviation(Finding finding);

  /** A pattern is new, missing, or has a new parameter: how rare that is was judged already. */
  void novelty(Finding finding);

  /** A rate was judged; to be read at once. */
  void judged(Judged judged);

  /** A pattern is known, again after a while, or merged into another. */
  void pattern(LogPattern pattern);

  /**
   * How many lines of a chosen pattern there were so far.
   *
   * @param labels of a counter
   * @param time ms since the epoch
   */
  void counted(Labels labels, long time, long lines);
}
