// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import io.tocsin.benchmarks.quality.corpora.Segment;
import io.tocsin.benchmarks.quality.corpora.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Turns detections into alerts: an alert is the first of the detections that follow each other
 * within half an hour or five samples, whichever is longer.
 */
final class Alerts {
  private static final long LEAST_GAP = 30 * 60_000;
  private static final int GAP_SAMPLES = 5;

  /** A segment may still be found so many samples after its end. */
  private static final int TOLERANCE_SAMPLES = 5;

  private Alerts() {}

  /** The indices of alerts from one index up to another. */
  static List<Integer> onsets(Subject subject, int from, int to, IntPredicate detected) {
    long gap = Math.max(LEAST_GAP, GAP_SAMPLES * subject.interval());
    List<Integer> onsets = new ArrayList<>();
    long last = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      if (detected.test(i)) {
        if (last == Long.MIN_VALUE || subject.time(i) - last > gap) {
          onsets.add(i);
        }
        last = subject.time(i);
      }
    }
    return onsets;
  }

  /** Whether an alert belongs to a segment. */
  static boolean hits(int alert, Segment segment) {
    return alert >= segment.from() && alert <= segment.to() + TOLERANCE_SAMPLES;
  }
}
