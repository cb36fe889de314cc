// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well lines were put into groups.
 *
 * <p>A group is right when its lines are exactly those of one event: a line too many or too few
 * loses all of it. Grouping accuracy is the share of lines in right groups (Zhu et al., Tools and
 * Benchmarks for Automated Log Parsing, ICSE 2019); its F1 counts groups instead of lines (Jiang et
 * al., A Large-Scale Evaluation for Log Parsing Techniques, ISSTA 2024).
 *
 * @param accuracy share of the lines, 0 to 1
 * @param f1 harmonic mean of the shares of right groups among those found and those in truth
 * @param groups how many were found
 * @param events how many there are in truth
 */
public record Grouping(double accuracy, double f1, int groups, int events) {

  /** Compares the groups of lines, in the order of the lines. */
  public static Grouping of(List<?> found, List<?> truth) {
    Map<Object, Integer> inTruth = new HashMap<>();
    truth.forEach(event -> inTruth.merge(event, 1, Integer::sum));
    Map<Object, Set<Object>> eventsOf = new HashMap<>();
    Map<Object, Integer> inGroup = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      inGroup.merge(found.get(i), 1, Integer::sum);
      eventsOf.computeIfAbsent(found.get(i), group -> new HashSet<>()).add(truth.get(i));
    }
    int right = 0;
    int rightLines = 0;
    for (Map.Entry<Object, Set<Object>> group : eventsOf.entrySet()) {
      Set<Object> events = group.getValue();
      int lines = inGroup.getOrDefault(group.getKey(), 0);
      if (events.size() == 1 && inTruth.getOrDefault(events.iterator().next(), 0) == lines) {
        right++;
        rightLines += lines;
      }
    }
    double f1 = right == 0 ? 0 : 2.0 * right / (inGroup.size() + inTruth.size());
    double accuracy = found.isEmpty() ? 0 : (double) rightLines / found.size();
    return new Grouping(accuracy, f1, inGroup.size(), inTruth.size());
  }
}
