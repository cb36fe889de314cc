// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.scorers.Shipped;
import io.tocsin.benchmarks.quality.scorers.ShippedScorer;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.incidents.Departure;
import io.tocsin.models.incidents.Deviation;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Has the shipped detector watch the series of a failure as a stream. */
final class Detection {
  /** Of a failure that raised no alarm. */
  static final long NEVER = Long.MAX_VALUE;

  private final FailureCase failure;
  private final Map<Entity, List<CaseSeries>> series = new HashMap<>();
  private final Map<Entity, ShippedScorer> scorers = new HashMap<>();
  private final Map<String, Deviation> findings = new TreeMap<>();
  private final Map<String, CaseSeries> about = new HashMap<>();

  private Detection(FailureCase failure) {
    this.failure = failure;
    for (CaseSeries each : failure.series()) {
      if (each.signal() != CaseSeries.Signal.LOG) {
        series.computeIfAbsent(each.entity(), any -> new ArrayList<>()).add(each);
      }
    }
    series.forEach(
        (entity, of) -> {
          ShippedScorer scorer = new Shipped().start(of.size());
          scorer.tell((number, finding) -> take(of.get(number), finding));
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

  /** Watches a failure to its end. Lines are not watched: there are none of most of the time. */
  static Watched of(FailureCase failure) {
    Detection detection = new Detection(failure);
    long time = detection.watch();
    return new Watched(time, detection.departures());
  }

  /** Where a series is watched it is known by a number, which others have elsewhere. */
  private void take(CaseSeries of, Finding finding) {
    String id = SeriesHash.hex(of.entity().hash()) + finding.id();
    about.put(id, of);
    findings.merge(id, Deviation.of(finding), (old, any) -> old.with(finding));
  }

  /** As the incidents job sees them: whatever was over before the failure is left out. */
  private List<Departure> departures() {
    List<Departure> departures = new ArrayList<>();
    findings.forEach(
        (id, deviation) -> {
          CaseSeries of = about.get(id);
          boolean over = deviation.overSince() != 0 && deviation.overSince() < failure.time();
          if (of != null && !over) {
            departures.add(departure(of, id, deviation.departure()));
          }
        });
    return departures;
  }

  /** The series has no name where it is watched; here it has its own again. */
  private static Departure departure(CaseSeries of, String id, Departure watched) {
    String metric = CauseBaselines.family(of.metric());
    Evidence said = watched.evidence();
    Evidence evidence =
        new Evidence(
            said.kind(),
            id,
            Labels.of(Labels.NAME, metric),
            SampleRows.unit(metric),
            said.direction(),
            said.onset(),
            said.score(),
            said.observed(),
            said.expected(),
            said.seen(),
            null);
    return new Departure(
        of.entity(),
        of.peer(),
        metric,
        evidence,
        watched.severity(),
        watched.interval(),
        of.symptom());
  }

  private record At(CaseSeries series, int sample, long time, int index) {
    double value() {
      return series.values()[sample];
    }
  }

  private long watch() {
    Map<CaseSeries, Boolean> before = new HashMap<>();
    long first = NEVER;
    for (At each : samples()) {
      ShippedScorer scorer = scorers.get(each.series().entity());
      if (scorer != null) {
        scorer.score(each.index(), each.time(), each.value());
        boolean alarmed = scorer.alarmed(each.index());
        if (each.time() < failure.time()) {
          before.put(each.series(), alarmed);
        } else if (alarmed && !before.getOrDefault(each.series(), false)) {
          first = Math.min(first, each.time());
        }
      }
    }
    return first;
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
