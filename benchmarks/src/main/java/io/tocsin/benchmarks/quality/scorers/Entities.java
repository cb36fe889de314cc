// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

import io.tocsin.jobs.metrics.MetricsSettings;
import io.tocsin.models.entities.EntityScorer;
import io.tocsin.models.entities.EntityTable;
import io.tocsin.models.entities.EntryBuffer;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Has the series of one subject looked at together as the metrics job does. */
final class Entities {
  private final EntryBuffer entries = new EntryBuffer();
  private final EntityTable table = new EntityTable();
  private final EntityScorer scorer;

  /** Findings under way, by model. */
  private final Map<String, Finding> active = new TreeMap<>();

  Entities(MetricsSettings settings, Function<Labels, Entity> entityOf) {
    scorer = new EntityScorer(settings.together(), settings.episodes(), entityOf, this::finding);
  }

  void add(Judged judged) {
    entries.add(judged);
  }

  /** Closes the tick of a time; gives the highest score of what is under way. */
  double score(long time) {
    long tick = Judged.tick(time);
    boolean unused = scorer.take(table, tick, entries.take());
    scorer.close(table, tick);
    return active.values().stream().mapToDouble(Finding::score).max().orElse(0);
  }

  /** Whether one that is strong is under way. */
  boolean alarmed() {
    return active.values().stream().anyMatch(Finding::strong);
  }

  private void finding(Finding finding) {
    if (finding.phase() == Phase.ENDED) {
      active.remove(finding.detector());
    } else {
      active.put(finding.detector(), finding);
    }
  }
}
