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
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Has the series of one subject looked at together, and their findings held against its budget of
 * alarms, as the metrics job does.
 */
final class Entities {
  /** More is not gathered before it is handed over, in bytes; the job hands over each batch. */
  private static final int MOST_GATHERED = 1 << 14;

  private final EntryBuffer entries = new EntryBuffer();
  private EntityTable table = new EntityTable();
  private final EntityScorer scorer;

  /** The end of the tick that entries are gathered for. */
  private long gathered;

  /** Up to when ticks are closed. */
  private long closed = Long.MIN_VALUE;

  /** Findings under way, by model. */
  private final Map<String, Finding> active = new TreeMap<>();

  Entities(MetricsSettings settings, Function<Labels, Entity> entityOf) {
    scorer =
        new EntityScorer(
            settings.together(),
            settings.episodes(),
            settings.band().scorePerDigit(),
            entityOf,
            this::finding);
  }

  void add(Judged judged, long time) {
    entries.add(judged);
    gathered = Judged.tick(time);
    if (entries.length() > MOST_GATHERED) {
      hand();
    }
  }

  /** Closes the ticks that are over before what comes at a time is judged. */
  void begin(long time) {
    long over = Judged.tick(time) - Judged.TICK_MILLIS;
    if (over > closed) {
      close(over);
    }
  }

  private void close(long tick) {
    hand();
    scorer.close(table, tick);
    closed = tick;
  }

  private void hand() {
    if (entries.length() > 0) {
      boolean unused = scorer.take(table, gathered, entries);
    }
  }

  /** What is to be told of a finding of one series. */
  Finding judge(Finding finding) {
    return scorer.judge(table, finding);
  }

  /** The score from which a finding of one series counts. */
  double bar(Entity entity, long time) {
    return scorer.bar(table, entity, time);
  }

  void writeTo(DataOutput out) throws IOException {
    hand();
    table.writeTo(out);
  }

  void readFrom(DataInput in) throws IOException {
    table = EntityTable.readFrom(in);
  }

  /** Closes the tick of a time; gives the highest score of what is under way. */
  double score(long time) {
    close(Judged.tick(time));
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
