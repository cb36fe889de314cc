// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of the findings that were said of last. Safe for several threads. */
final class Trails {
  private final int most;
  private final Map<String, Trail> trails = new LinkedHashMap<>(16, 0.75f, true);

  Trails(int most) {
    this.most = most;
  }

  synchronized void take(FindingsRecord record) {
    Finding finding = record.finding();
    if (finding != null) {
      take(finding);
    }
  }

  private void take(Finding finding) {
    trails.computeIfAbsent(finding.id(), id -> new Trail()).take(finding);
    if (trails.size() > most) {
      trails.remove(trails.keySet().iterator().next());
    }
  }

  /** The points of a finding, the oldest first; none of one that is not known. */
  synchronized List<Trail.Point> of(String finding) {
    Trail trail = trails.get(finding);
    return trail == null ? List.of() : trail.points();
  }
}
