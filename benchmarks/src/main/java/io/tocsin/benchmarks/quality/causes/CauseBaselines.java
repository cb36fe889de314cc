// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.changes.Change;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What Tocsin is compared with. N-Sigma and BARO's scorer (Pham et al., FSE 2024) rank metrics by
 * how far they rise at their most above the mean, in standard deviations, or above the median, in
 * interquartile ranges; a spread of zero counts as 1, so they depend on units. As in RCAEval's
 * programs, memory is in megabytes, and what stands still before or since is left out.
 */
final class CauseBaselines {
  private static final double MEGABYTE = 1e6;

  private CauseBaselines() {}

  static List<Ranker> all() {
    return List.of(
        new ByRise("nsigma", CauseBaselines::meanAndDeviation, 1),
        new ByRise("baro", CauseBaselines::medianAndRange, MEGABYTE),
        new Guess(),
        new LastDeploy());
  }

  /** What is usual: how high, and how far from it. */
  record Usual(double level, double spread) {}

  /** Finds out what is usual. */
  interface Scaling {
    Usual of(double[] values);
  }

  private static Usual meanAndDeviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    // What stands still must not seem to move because its mean is rounded.
    double rounding = values.length * mean * Math.ulp(1.0);
    return new Usual(mean, square <= rounding * rounding ? 0 : Math.sqrt(square));
  }

  private static Usual medianAndRange(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Usual(quantile(sorted, 0.5), quantile(sorted, 0.75) - quantile(sorted, 0.25));
  }

  private static double quantile(double[] sorted, double part) {
    double at = part * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  private record ByRise(String name, Scaling scaling, double memoryUnit) implements Ranker {
    @Override
    public Answer rank(FailureCase failure, Moment moment) {
      Map<CaseSeries, Double> rises = new HashMap<>();
      for (CaseSeries each : failure.series()) {
        double rise = rise(each, failure.from(), moment);
        if (!Double.isNaN(rise)) {
          rises.put(each, rise);
        }
      }
      List<CaseSeries> ranked =
          rises.entrySet().stream()
              .sorted(
                  Comparator.<Map.Entry<CaseSeries, Double>>comparingDouble(e -> -e.getValue())
                      .thenComparing(e -> e.getKey().entity() + e.getKey().metric()))
              .map(Map.Entry::getKey)
              .toList();
      return answer(ranked);
    }

    private static boolean standsStill(double[] values, int from, int to) {
      return Arrays.stream(values, from, to).allMatch(value -> value == values[from]);
    }

    private double rise(CaseSeries series, long from, Moment moment) {
      int begin = series.from(from);
      int middle = series.from(moment.since());
      int end = series.from(moment.now());
      if (begin == middle || middle == end) {
        return Double.NaN;
      }
      if (standsStill(series.values(), begin, middle)
          || standsStill(series.values(), middle, end)) {
        return Double.NaN;
      }
      double unit = series.metric().equals("mem") ? memoryUnit : 1;
      double[] values =
          Arrays.stream(series.values(), begin, end).map(value -> value / unit).toArray();
      Usual usual = scaling.of(Arrays.copyOf(values, middle - begin));
      double most = Arrays.stream(values, middle - begin, values.length).max().orElse(0);
      return (most - usual.level()) / (usual.spread() == 0 ? 1 : usual.spread());
    }

    private static Answer answer(List<CaseSeries> ranked) {
      Set<String> services = new LinkedHashSet<>();
      Set<String> metrics = new LinkedHashSet<>();
      for (CaseSeries each : ranked) {
        services.add(each.entity().subject());
        metrics.add(each.entity().subject() + "/" + family(each.metric()));
      }
      return new Answer(List.copyOf(services), List.copyOf(metrics), null, List.copyOf(services));
    }
  }

  /** The name of a metric without its derivation. */
  static String family(String metric) {
    int colon = metric.indexOf(':');
    return colon < 0 ? metric : metric.substring(0, colon);
  }

  /** Names in any order, always the same one. */
  private record Guess() implements Ranker {
    @Override
    public String name() {
      return "random";
    }

    @Override
    public Answer rank(FailureCase failure, Moment moment) {
      Map<String, Double> dice = new LinkedHashMap<>();
      Random random = new Random(failure.name().hashCode());
      failure.series().stream()
          .map(each -> each.entity().subject())
          .sorted()
          .forEach(name -> dice.computeIfAbsent(name, any -> random.nextDouble()));
      List<String> shuffled =
          dice.entrySet().stream()
              .sorted(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .toList();
      return new Answer(shuffled, List.of(), null, shuffled);
    }
  }

  /** Blames what was changed last, and its service. */
  private record LastDeploy() implements Ranker {
    @Override
    public String name() {
      return "last_deploy";
    }

    @Override
    public Answer rank(FailureCase failure, Moment moment) {
      return failure.changes().stream()
          .filter(change -> change.time() <= moment.now())
          .max(Comparator.comparingLong(Change::time))
          .map(
              last ->
                  new Answer(
                      List.of(last.entity().subject()),
                      List.of(),
                      last.id(),
                      List.of(last.entity().subject())))
          .orElse(new Answer(List.of(), List.of(), "", List.of()));
    }
  }
}
