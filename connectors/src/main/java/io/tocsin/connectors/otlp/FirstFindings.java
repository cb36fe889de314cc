// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import io.tocsin.connectors.topics.TopicFollower;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Incident;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first record of each finding, of the latest findings. A later record is not taken for the
 * first where that was not read, so what is told does not depend on who tells it. Safe for several
 * threads.
 */
public final class FirstFindings implements TopicFollower.Taker<FindingsRecord> {
  private static final int MOST = 20_000;

  private final Map<String, Finding> findings = new LinkedHashMap<>();

  @Override
  public synchronized void take(FindingsRecord record) {
    Finding finding = record.finding();
    if (finding != null
        && finding.phase() == Phase.STARTED
        && findings.putIfAbsent(finding.id(), finding) == null
        && findings.size() > MOST) {
      findings.remove(findings.keySet().iterator().next());
    }
  }

  /** The earliest of the findings that an incident was opened for; null when none is known. */
  synchronized @Nullable Finding of(Incident opened) {
    Finding earliest = null;
    for (Evidence each : opened.symptoms()) {
      Finding finding = findings.get(each.finding());
      if (finding != null && (earliest == null || finding.arrival() < earliest.arrival())) {
        earliest = finding;
      }
    }
    return earliest;
  }
}
