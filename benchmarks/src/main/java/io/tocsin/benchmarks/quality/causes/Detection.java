// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.scorers.Shipped;
import io.tocsin.benchmarks.quality.scorers.ShippedScorer;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Has the shipped detector watch the series of a failure as a stream. */
final class Detection {
  private static final long NEVER = Long.MAX_VALUE;

  private final FailureCase failure;
  private final Map<Entity, List<CaseSeries>> series = new HashMap<>();
  private final Map<Entity, ShippedScorer> scorers = new HashMap<>();

  private Detection(FailureCase failure) {
    this.failure = failure;
    for (CaseSeries each : failure.series()) {
      if (each.signal() != CaseSeries.Signal.LOG) {
        series.computeIfAbsent(each.entity(), any -> new ArrayList<>()).add(each);
      }
    }
    series.forEach((entity, of) -> scorers.put(entity, new Shipped().start(of.size())));
  }

  /**
   * When the first alarm is raised at the time of the failure or later; {@link Long#MAX_VALUE} when
   * none is. An alarm that was there before is not one of this failure. Lines are not watched: there
   * are none of most of the time.
   */
  static long of(FailureCase failure) {
    return new Detection(failure).first();
  }

  private record At(CaseSeries series, int sample, long time, int index) {
    double value() {
      return series.values()[sample];
    }
  }

  private long first() {
    Map<CaseSeries, Boolean> before = new HashMap<>();
    for (At each : samples()) {
      ShippedScorer scorer = scorers.get(each.series().entity());
      if (scorer != null) {
        scorer.score(each.index(), each.time(), each.value());
        boolean alarmed = scorer.alarmed(each.index());
        if (each.time() < failure.time()) {
          before.put(each.series(), alarmed);
        } else if (alarmed && !before.getOrDefault(each.series(), false)) {
          return each.time();
        }
      }
    }
    return NEVER;
  }

  private List<At> samples() {
    List<At> all = new ArrayList<>();
    for (List<CaseSeries> of : series.values()) {
      for (int i = 0; i < of.size(); i++) {
        CaseSeries each = of.get(i);
        int end = each.from(failure.until());
        for (int sample = each.from(failure.from()); sample < end; sample++) {
          all.add(new At(each, sample, each.times()[sample], i));
        }
      }
    }
    all.sort(
        Comparator.comparingLong(At::time)
            .thenComparing(each -> each.series().entity(), Entity.ORDER)
            .thenComparingInt(At::index));
    return all;
  }
}
