// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two variants measured alternately, in the order A B B A A B B A and so on, so that what drifts in
 * the machine meets both alike; the figure is the median of the ratios within the pairs.
 *
 * @param all the pairs in the order in which they were measured
 */
public record Pairs(List<Pair> all) {
  private static final double MOST_SPREAD = 0.2;

  /** One variant. */
  public interface Variant {
    Cost measure() throws Exception;
  }

  /** What both variants cost, measured one right after the other. */
  public record Pair(Cost a, Cost b) {
    public double ratio() {
      return a.cpuNanosPerSample() / b.cpuNanosPerSample();
    }
  }

  public Pairs {
    all = List.copyOf(all);
  }

  /** Measures this many pairs. */
  public static Pairs measure(int count, Variant a, Variant b) throws Exception {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean firstA = i % 2 == 0;
      Cost first = (firstA ? a : b).measure();
      Cost second = (firstA ? b : a).measure();
      pairs.add(firstA ? new Pair(first, second) : new Pair(second, first));
    }
    return new Pairs(pairs);
  }

  /** The median of A's CPU time per sample by B's. */
  public double ratio() {
    return ratio(Cost::cpuNanosPerSample);
  }

  /** The median of A's figure by B's. */
  public double ratio(ToDoubleFunction<Cost> figure) {
    return median(ratios(figure));
  }

  /** The inter-quartile range of the ratios as a part of their median. */
  public double spread() {
    return spread(Cost::cpuNanosPerSample);
  }

  /** The same of another figure. */
  public double spread(ToDoubleFunction<Cost> figure) {
    double[] ratios = ratios(figure);
    return (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / median(ratios);
  }

  /** Whether the ratios lie too far apart to say anything. */
  public boolean inconclusive() {
    return spread() > MOST_SPREAD;
  }

  /** The medians of all that A cost. */
  public Cost a() {
    return median(all.stream().map(Pair::a).toList());
  }

  /** The medians of all that B cost. */
  public Cost b() {
    return median(all.stream().map(Pair::b).toList());
  }

  private double[] ratios(ToDoubleFunction<Cost> figure) {
    return all.stream()
        .mapToDouble(pair -> figure.applyAsDouble(pair.a()) / figure.applyAsDouble(pair.b()))
        .toArray();
  }

  private static Cost median(List<Cost> costs) {
    return new Cost(
        median(costs, Cost::samples),
        median(costs, Cost::cpuNanos),
        median(costs, Cost::allocatedBytes),
        median(costs, Cost::wallNanos));
  }

  private static long median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    return Math.round(median(costs.stream().mapToDouble(figure).toArray()));
  }

  public static double median(double[] values) {
    return quantile(values, 0.5);
  }

  /** Linear between the two values around it. */
  public static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
