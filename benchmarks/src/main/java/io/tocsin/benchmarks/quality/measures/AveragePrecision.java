// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How well scores rank points: the mean precision over all labelled points, each at its own score.
 * It needs no threshold; points of the same score count together.
 */
public final class AveragePrecision {
  private final DoubleStream.Builder labelled = DoubleStream.builder();
  private final DoubleStream.Builder healthy = DoubleStream.builder();

  /** Adds points from an index on. */
  public void add(double[] scores, boolean[] labels, int from) {
    for (int i = from; i < scores.length; i++) {
      (labels[i] ? labelled : healthy).accept(scores[i]);
    }
  }

  public double value() {
    double[] positive = labelled.build().sorted().toArray();
    double[] negative = healthy.build().toArray();
    Arrays.sort(negative);
    double sum = 0;
    int below = negative.length;
    int at = positive.length;
    while (at > 0) {
      double score = positive[at - 1];
      int before = at;
      while (at > 0 && positive[at - 1] == score) {
        at--;
      }
      while (below > 0 && negative[below - 1] >= score) {
        below--;
      }
      double hits = positive.length - at;
      sum += (before - at) * hits / (hits + negative.length - below);
    }
    return Counts.part(sum, positive.length);
  }
}
