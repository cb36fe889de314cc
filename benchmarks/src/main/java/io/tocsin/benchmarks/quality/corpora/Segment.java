// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import java.util.List;

/**
 * A labelled anomaly.
 *
 * @param from index of its first sample
 * @param to index of its last sample
 * @param causes indices of the metrics that are labelled as its root cause, or empty
 */
public record Segment(int from, int to, List<Integer> causes) {

  /** Without labelled causes. */
  public Segment(int from, int to) {
    this(from, to, List.of());
  }

  public Segment {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("a segment cannot go from " + from + " to " + to);
    }
    causes = List.copyOf(causes);
  }
}
