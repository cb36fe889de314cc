// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.incidents.Departure;
import io.tocsin.models.incidents.Deviation;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The findings about the series of a failure, wherever they were made. */
final class CaseFindings {
  private final FailureCase failure;
  private final long shift;
  private final Map<String, About> findings = new TreeMap<>();

  /**
   * None yet.
   *
   * @param shift by how much times of findings are later than those of the failure, ms
   */
  CaseFindings(FailureCase failure, long shift) {
    this.failure = failure;
    this.shift = shift;
  }

  /** Without a series it is about lines. */
  private record About(@Nullable CaseSeries series, Deviation deviation) {}

  /** Takes the next record of a finding about a series. */
  void take(CaseSeries series, Finding finding) {
    // Where a series is watched it may be known by a number, which others have elsewhere.
    findings.merge(
        ShippedRanker.id(series) + finding.id(),
        new About(series, Deviation.of(finding)),
        (old, any) -> new About(series, old.deviation().with(finding)));
  }

  /** Takes the next record of a finding about lines. */
  void take(Finding finding) {
    findings.merge(
        finding.id(),
        new About(null, Deviation.of(finding)),
        (old, any) -> new About(null, old.deviation().with(finding)));
  }

  /** What they say of the failure: whatever was over before it is left out. */
  List<Departure> departures() {
    List<Departure> departures = new ArrayList<>();
    for (About each : findings.values()) {
      long over = each.deviation().overSince();
      if (over == 0 || over - shift >= failure.time()) {
        Departure said = each.deviation().departure();
        CaseSeries series = each.series();
        departures.add(series == null ? said : departure(series, said));
      }
    }
    return departures;
  }

  /** The series has another name where it is watched, or none; here it has its own again. */
  private Departure departure(CaseSeries series, Departure watched) {
    String metric = CauseBaselines.family(series.metric());
    Evidence said = watched.evidence();
    long onset = said.onset() - shift;
    Evidence evidence =
        new Evidence(
            said.kind(),
            ShippedRanker.id(series) + "/" + onset,
            Labels.of(Labels.NAME, metric),
            SampleRows.unit(metric),
            said.direction(),
            onset,
            said.score(),
            said.observed(),
            said.expected(),
            said.seen(),
            null);
    return new Departure(
        series.entity(),
        series.peer(),
        metric,
        evidence,
        watched.severity(),
        watched.interval(),
        series.symptom());
  }
}
