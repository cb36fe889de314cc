// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import io.tocsin.benchmarks.quality.corpora.Segment;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How well the scores of the metrics name the causes of a segment: metrics are ranked by their
 * highest score within it. The hit rate at 100 % is the part of the causes among as many of the
 * first metrics as there are causes, at 150 % among half as many again (Su et al., OmniAnomaly, KDD
 * 2019); the reciprocal rank is that of the first cause.
 */
public final class RootCauses {
  private int segments;
  private double hits100;
  private double hits150;
  private double reciprocal;

  /**
   * Adds a segment.
   *
   * @param highest the highest score of each metric within it
   */
  public void add(Segment segment, List<Double> highest) {
    if (segment.causes().isEmpty()) {
      return;
    }
    List<Integer> ranked =
        IntStream.range(0, highest.size())
            .boxed()
            .sorted(Comparator.comparingDouble(metric -> -highest.get(metric)))
            .toList();
    Set<Integer> causes = new HashSet<>(segment.causes());
    segments++;
    hits100 += hits(ranked, causes, causes.size());
    hits150 += hits(ranked, causes, causes.size() * 3 / 2);
    for (int rank = 0; rank < ranked.size(); rank++) {
      if (causes.contains(ranked.get(rank))) {
        reciprocal += 1.0 / (rank + 1);
        break;
      }
    }
  }

  private static double hits(List<Integer> ranked, Set<Integer> causes, int first) {
    double found = (double) ranked.stream().limit(first).filter(causes::contains).count();
    return Counts.part(found, causes.size());
  }

  public int segments() {
    return segments;
  }

  public double hitRate100() {
    return Counts.part(hits100, segments);
  }

  public double hitRate150() {
    return Counts.part(hits150, segments);
  }

  public double meanReciprocalRank() {
    return Counts.part(reciprocal, segments);
  }
}
