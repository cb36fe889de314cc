// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import java.util.List;
import java.util.Set;

/**
 * How often a cause is among the first of a list, as RCAEval measures it (Pham et al., ASE 2024):
 * AC@k is the mean over the failures of the part of the causes that are among the first k, of as
 * many as k could hold; Avg@5 is the mean of AC@1 to AC@5.
 */
public final class CauseAccuracy {
  private static final int MOST = 5;

  private final double[] hits = new double[MOST + 1];
  private int failures;

  /**
   * Adds a failure.
   *
   * @param ranked the most probable first; empty when nothing is named
   * @param causes what is right; when {@code any} of several names is, one of them counts
   */
  public void add(List<String> ranked, Set<String> causes, boolean any) {
    failures++;
    for (int k = 1; k <= MOST; k++) {
      long found = ranked.stream().limit(k).filter(causes::contains).count();
      int most = any ? 1 : Math.min(k, causes.size());
      hits[k] += Math.min(1, (double) found / most);
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
