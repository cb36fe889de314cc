// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.rows.Row;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.topology.CallRules;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Goes through all series of a table at each {@link SeriesScorer#SWEEP_MILLIS}: ends the findings
 * of what is silent, forgets what has been for too long, and has told what is missed.
 */
final class Sweep {
  /** How often all that is watched is told again, in ms; a multiple of the time between sweeps. */
  private static final long RETELL_MILLIS = 3_600_000;

  private final Expiry expiry;
  private final SeriesPolicies policies;
  private final ValueScorer values;
  private final Treatments treatments;
  private final Absence absence;
  private final Targets targets;
  private final Row base;
  private int judged;
  private int drifting;

  Sweep(
      SeriesSettings settings,
      SeriesPolicies policies,
      ValueScorer values,
      Treatments treatments,
      Absence absence,
      Row base) {
    this.expiry = new Expiry(settings);
    this.policies = policies;
    this.values = values;
    this.treatments = treatments;
    this.absence = absence;
    this.targets = new Targets(policies);
    this.base = base;
  }

  /** The first sweep after a time. */
  static long after(long time) {
    return (Math.floorDiv(time, SeriesScorer.SWEEP_MILLIS) + 1) * SeriesScorer.SWEEP_MILLIS;
  }

  void over(SeriesTable table, long now) {
    absence.at(now);
    judged = 0;
    drifting = 0;
    IntStream.Builder suspects = IntStream.builder();
    for (int row = 0; row < table.base.top(); row++) {
      if (table.base.isUsed(row)) {
        table.base.read(row, base);
        if (isSuspect(table, row, now)) {
          suspects.add(row);
        }
      }
    }
    decide(table, suspects.build().toArray());
    table.histograms.forEach(
        histogram -> values.endIfSilent(values.subject(table, histogram.derived), now));
    for (NativeSeries series : table.nativeSeries.values()) {
      values.endIfSilent(values.subject(table, series.derived), now);
    }
  }

  /** How the series that were gone through last fit their models. */
  Drift drift() {
    return new Drift(judged, drifting);
  }

  /** As {@link SeriesScorer#watched} says. */
  Set<Entity> watched(SeriesTable table, long now) {
    Set<Entity> watched = new TreeSet<>(Entity.ORDER);
    LongIndex entities = new LongIndex();
    BitSet histograms = new BitSet();
    boolean again = Math.floorMod(now, RETELL_MILLIS) == 0;
    for (int row = 0; row < table.base.top(); row++) {
      if (table.base.isUsed(row)) {
        table.base.peek(row, 0, base);
        boolean told = base.getByte(SeriesTable.TOLD) != 0;
        if ((again || !told)
            && base.getLong(SeriesTable.ARRIVED) >= now - SeriesScorer.SWEEP_MILLIS
            && treatments.decided().watched()) {
          if (isAnother(table, entities, histograms)) {
            byte[] bytes = table.labels[row];
            Labels labels = LabelBytes.read(bytes, 0, bytes.length);
            Entity entity = policies.entityOf(labels);
            // How calls to somebody go says nothing of what is heard of it itself.
            if (CallRules.callerOf(labels, entity) == null) {
              remember(table, entities, histograms);
              watched.add(entity.withoutInstance());
            }
          }
          if (!told) {
            table.base.read(row, base);
            base.setByte(SeriesTable.TOLD, (byte) 1);
          }
        }
      }
    }
    return watched;
  }

  /**
   * Whether the series of the cursor's row may be about something else than those before it. Most
   * are not, and the labels that would say what it is are slow to read.
   */
  private boolean isAnother(SeriesTable table, LongIndex entities, BitSet histograms) {
    int target = base.getInt(SeriesTable.TARGET);
    if (treatments.decided() == Treatment.BUCKET) {
      return !histograms.get(target);
    }
    return !isPlaced(table, target)
        || entities.get(table.places().entity(target)) == LongIndex.NONE;
  }

  private void remember(SeriesTable table, LongIndex entities, BitSet histograms) {
    int target = base.getInt(SeriesTable.TARGET);
    if (treatments.decided() == Treatment.BUCKET) {
      histograms.set(target);
    } else if (isPlaced(table, target)) {
      entities.put(table.places().entity(target), target);
    }
  }

  private boolean isPlaced(SeriesTable table, int target) {
    return treatments.decided().hasOwnScore() && table.places().known(target);
  }

  /** Ends and forgets the series of the cursor's row if it is time; tells whether it is missed. */
  private boolean isSuspect(SeriesTable table, int row, long now) {
    long last = base.getLong(SeriesTable.ARRIVED);
    if (last == 0) {
      // Announced, and no sample yet that could be believed: it is kept as long as any.
      base.setLong(SeriesTable.ARRIVED, now);
    } else if (now - last > expiry.of(base)) {
      treatments.forget(table, row);
    } else if (treatments.isScored(table, row)) {
      ScoredSeries subject = treatments.subject(table, row);
      values.endIfSilent(subject, now);
      judged++;
      drifting += values.drifts(subject) ? 1 : 0;
      return absence.isSuspect(subject);
    }
    return false;
  }

  /** Only now is it known of all others how they came. */
  private void decide(SeriesTable table, int[] suspects) {
    if (suspects.length == 0) {
      return;
    }
    targets.hear(table, suspects);
    for (int row : suspects) {
      table.base.read(row, base);
      absence.decide(treatments.subject(table, row), targets.heard(table.labels[row]));
    }
  }
}
