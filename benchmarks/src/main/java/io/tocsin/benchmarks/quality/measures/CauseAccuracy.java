// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import java.util.List;
import java.util.Set;

/**
 * How often the cause is among the first of a list, as RCAEval measures it (Pham et al., ASE 2024):
 * AC@k is the part of the failures whose cause is among the first k, since each has one; Avg@5 is
 * the mean of AC@1 to AC@5.
 */
public final class CauseAccuracy {
  private static final int MOST = 5;

  private final double[] hits = new double[MOST + 1];
  private int failures;

  /**
   * Adds a failure.
   *
   * @param ranked the most probable first; empty when nothing is named
   * @param cause its names, each of which is right
   */
  public void add(List<String> ranked, Set<String> cause) {
    failures++;
    for (int k = 1; k <= MOST; k++) {
      hits[k] += ranked.stream().limit(k).anyMatch(cause::contains) ? 1 : 0;
    }
  }

  public int failures() {
    return failures;
  }

  /** AC@k, for k from 1 to 5. */
  public double at(int k) {
    return Counts.part(hits[k], failures);
  }

  /** Avg@5. */
  public double average() {
    double sum = 0;
    for (int k = 1; k <= MOST; k++) {
      sum += at(k);
    }
    return sum / MOST;
  }
}
