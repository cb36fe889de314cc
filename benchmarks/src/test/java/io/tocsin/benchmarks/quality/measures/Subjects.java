// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import io.tocsin.benchmarks.quality.corpora.Segment;
import io.tocsin.benchmarks.quality.corpora.Subject;
import java.util.List;

/** Small subjects of one series. */
final class Subjects {
  static final long MINUTE = 60_000;

  private Subjects() {}

  /** A sample a minute. */
  static Subject minutes(int length, int labelledFrom, Segment... segments) {
    long[] times = new long[length];
    for (int i = 0; i < length; i++) {
      times[i] = i * MINUTE;
    }
    return new Subject("subject", times, new double[1][length], labelledFrom, List.of(segments));
  }

  /** Zeros, and ones at these places. */
  static double[] ones(int length, int... at) {
    double[] scores = new double[length];
    for (int i : at) {
      scores[i] = 1;
    }
    return scores;
  }
}
