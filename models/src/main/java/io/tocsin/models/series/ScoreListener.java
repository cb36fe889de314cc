// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.changes.ObjectFact;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.telemetry.Labels;

/** Takes what a {@link SeriesScorer} has to say. */
public interface ScoreListener {
  /** Something is unusual, still is, or is no more. */
  void finding(Finding finding);

  /** Whether {@link #scored} is to be told anything: it costs the reading of labels each time. */
  default boolean wantsScores() {
    return true;
  }

  /**
   * A value of a series whose rule asks for its score and band to be shown.
   *
   * @param time event time, ms since the epoch
   * @param verdict to be read at once; it is reused
   */
  void scored(Labels labels, long time, double value, Verdict verdict);

  /**
   * A value was judged that is the first of its series in its tick of arrival, or that deviates.
   *
   * @param judged to be read at once; it is reused
   */
  default void judged(Judged judged) {}

  /**
   * A value that shows something of an object of Kubernetes is another than the one before.
   *
   * @param kind what it shows
   * @param time event time, ms since the epoch
   */
  default void moved(Labels labels, ObjectFact.Kind kind, double before, double after, long time) {}
}
