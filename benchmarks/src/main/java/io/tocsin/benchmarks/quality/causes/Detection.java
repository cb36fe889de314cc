// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.scorers.Shipped;
import io.tocsin.benchmarks.quality.scorers.ShippedScorer;
import io.tocsin.models.incidents.Departure;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Has the shipped detector watch the series of a failure as a stream. */
final class Detection {
  /** Of a failure that raised no alarm. */
  static final long NEVER = Long.MAX_VALUE;

  private static final Shipped DETECTOR = new Shipped().with(CaseLabels.RULES);

  private final FailureCase failure;
  private final Map<Entity, List<CaseSeries>> series = new HashMap<>();
  private final Map<Entity, ShippedScorer> scorers = new HashMap<>();
  private final CaseFindings findings;

  private Detection(FailureCase failure) {
    this.failure = failure;
    findings = new CaseFindings(failure, 0);
    for (CaseSeries each : failure.series()) {
      if (each.signal() != CaseSeries.Signal.LOG) {
        Entity entity = CaseLabels.entityOf(CaseLabels.of(each, ""));
        series.computeIfAbsent(entity, any -> new ArrayList<>()).add(each);
      }
    }
    series.forEach(
        (entity, of) -> {
          ShippedScorer scorer =
              DETECTOR.start(of.stream().map(each -> CaseLabels.of(each, "")).toList());
          scorer.tell((number, finding) -> findings.take(of.get(number), finding));
          scorers.put(entity, scorer);
        });
  }

  /**
   * What came of watching.
   *
   * @param time when the first alarm was raised at the time of the failure or later, ms since the
   *     epoch; {@link #NEVER} when none was. An alarm that was there before is not one of this
   *     failure.
   * @param departures what the findings say that lasted at the failure or began since
   */
  record Watched(long time, List<Departure> departures) {}

  /** Watches a failure to its end, its lines, too. */
  static Watched of(FailureCase failure) {
    Detection detection = new Detection(failure);
    long time = detection.watch();
    LineDetection.watch(failure, detection.findings);
    return new Watched(time, detection.findings.departures());
  }

  /** What findings say when no lines are watched. */
  static List<Departure> withoutLines(FailureCase failure) {
    Detection detection = new Detection(failure);
    long unused = detection.watch();
    return detection.findings.departures();
  }

  private record At(Entity entity, int index, CaseSeries series, int sample, long time) {
    double value() {
      return series.values()[sample];
    }

    boolean isTogetherWith(At other) {
      return time == other.time && entity.equals(other.entity);
    }
  }

  private long watch() {
    Map<CaseSeries, Boolean> before = new HashMap<>();
    long first = NEVER;
    List<At> samples = samples();
    int from = 0;
    while (from < samples.size()) {
      int to = from + 1;
      while (to < samples.size() && samples.get(to).isTogetherWith(samples.get(from))) {
        to++;
      }
      first = Math.min(first, watch(samples.subList(from, to), before));
      from = to;
    }
    return first;
  }

  /** Watches samples of one entity and moment; gives their time when one raised an alarm. */
  private long watch(List<At> together, Map<CaseSeries, Boolean> before) {
    ShippedScorer scorer = Objects.requireNonNull(scorers.get(together.get(0).entity()));
    together.forEach(each -> scorer.score(each.index(), each.time(), each.value()));
    scorer.settle();
    long first = NEVER;
    for (At each : together) {
      boolean alarmed = scorer.alarmed(each.index());
      if (each.time() < failure.time()) {
        before.put(each.series(), alarmed);
      } else if (alarmed && !before.getOrDefault(each.series(), false)) {
        first = each.time();
      }
    }
    return first;
  }

  private List<At> samples() {
    List<At> all = new ArrayList<>();
    series.forEach(
        (entity, of) -> {
          for (int i = 0; i < of.size(); i++) {
            CaseSeries each = of.get(i);
            int end = each.from(failure.until());
            for (int sample = each.from(failure.from()); sample < end; sample++) {
              all.add(new At(entity, i, each, sample, each.times()[sample]));
            }
          }
        });
    all.sort(
        Comparator.comparingLong(At::time)
            .thenComparing(At::entity, Entity.ORDER)
            .thenComparingInt(At::index));
    return all;
  }
}
