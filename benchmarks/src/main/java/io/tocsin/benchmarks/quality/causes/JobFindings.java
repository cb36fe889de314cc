// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.incidents.Departure;
import io.tocsin.models.telemetry.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the metrics job finds while cases are played. Safe for use by several threads. */
final class JobFindings {
  private final Map<String, OfCase> cases = new HashMap<>();

  JobFindings(List<PlayedCase> all) {
    all.forEach(each -> cases.put(each.place(), new OfCase(each)));
  }

  private static final class OfCase {
    private final PlayedCase played;
    private final CaseFindings findings;
    private final Map<Labels, CaseSeries> series = new HashMap<>();

    OfCase(PlayedCase played) {
      this.played = played;
      findings = new CaseFindings(played.failure(), played.shift());
      for (CaseSeries each : played.failure().series()) {
        series.put(CaseLabels.of(each, played.place()), each);
      }
    }

    /** What is told of a whole entity is left out, as it is where the ranking is measured. */
    void take(Finding finding) {
      CaseSeries about = series.get(finding.labels());
      if (about != null && finding.arrival() < played.until()) {
        findings.take(about, finding);
      }
    }
  }

  /** Takes the next record of any finding. */
  synchronized void take(Finding finding) {
    OfCase its = cases.get(finding.entity().cluster());
    if (its != null) {
      its.take(finding);
    }
  }

  /** What those of a case say of its failure. */
  synchronized List<Departure> departures(PlayedCase played) {
    OfCase its = cases.get(played.place());
    return its == null ? List.of() : its.findings.departures();
  }
}
