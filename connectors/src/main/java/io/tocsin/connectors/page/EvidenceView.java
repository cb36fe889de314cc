// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Incident;
import java.util.List;

/**
 * One reason as it is shown.
 *
 * @param chart its values as JSON, or empty when there are none to draw
 */
record EvidenceView(Evidence evidence, String name, String comparison, String when, String chart) {
  /** With fewer values there is nothing to see. */
  static final int LEAST_POINTS = 2;

  static EvidenceView of(Evidence evidence, Incident incident, Knowledge knowledge) {
    List<Trail.Point> points = knowledge.points(evidence, incident);
    return new EvidenceView(
        evidence,
        Wording.name(evidence),
        Wording.comparison(evidence),
        Wording.relative(evidence.onset(), incident),
        points.size() < LEAST_POINTS ? "" : ChartData.of(evidence, points));
  }

  /** The newest lines of the log, the newest last; none of what is no log. */
  List<String> samples() {
    LogEvidence log = evidence.log();
    return log == null ? List.of() : log.samples();
  }

  String trace() {
    LogEvidence log = evidence.log();
    return log == null ? "" : log.trace();
  }

  /** Whether there is more than its sentence. */
  boolean hasMore() {
    return evidence.kind() != Evidence.Kind.CHANGE;
  }
}
