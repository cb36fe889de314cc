// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.rows.Row;
import io.tocsin.models.series.SampleCounts.Fate;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.StaleMarker;
import org.jspecify.annotations.Nullable;

/**
 * Tells which samples are to be taken in: what is late, doubled, conflicting, of the future, stale
 * or no number is counted and left out. A series that comes back after it was as good as forgotten
 * begins anew.
 */
final class Admission {
  private static final long EXPONENT_BITS = 0x7ff0000000000000L;

  private final long futureLimit;
  private final long gap;
  private final long expiry;
  private final Row base;
  private final SampleCounts counts;
  private final Treatments treatments;

  /**
   * @param base the cursor that is left on the row of an admitted sample
   */
  Admission(SeriesSettings settings, Row base, SampleCounts counts, Treatments treatments) {
    this.futureLimit = settings.futureLimit().toMillis();
    this.gap = settings.gap().toMillis();
    this.expiry = settings.expiry().toMillis();
    this.base = base;
    this.counts = counts;
    this.treatments = treatments;
  }

  /** The row of the series when the sample is to be taken in; the cursor stands on it then. */
  int admit(SeriesTable table, long hash, int check, long time, long bits, long arrival) {
    int row = table.row(hash);
    if (row == LongIndex.NONE) {
      counts.add(Fate.REFUSED);
      return LongIndex.NONE;
    }
    table.base.read(row, base);
    Fate oddity = oddity(check, time, bits, arrival);
    if (oddity != null) {
      counts.add(oddity);
      return LongIndex.NONE;
    }
    long last = base.getLong(SeriesTable.LAST_TIME);
    if ((base.getByte(SeriesTable.FLAGS) & SeriesTable.LIFE) != 0 && time - last > expiry) {
      byte[] labels = table.labels[row];
      MetricKind declared = MetricKind.ofNumber(base.getByte(SeriesTable.DECLARED_KIND));
      treatments.forget(table, row);
      row = table.add(hash, check, declared, labels);
      table.base.read(row, base);
    }
    return row;
  }

  private @Nullable Fate oddity(int check, long time, long bits, long arrival) {
    if (base.getInt(SeriesTable.CHECK) != check) {
      return Fate.COLLISION;
    }
    if (time - arrival > futureLimit) {
      return Fate.FUTURE;
    }
    int life = base.getByte(SeriesTable.FLAGS) & SeriesTable.LIFE;
    long last = base.getLong(SeriesTable.LAST_TIME);
    if (life != 0 && time <= last) {
      if (time < last) {
        return Fate.LATE;
      }
      return bits == base.getLong(SeriesTable.LAST_BITS) ? Fate.DUPLICATE : Fate.CONFLICT;
    }
    if (bits == StaleMarker.BITS) {
      remember(time, bits, SeriesTable.ENDED, arrival);
      return Fate.STALE;
    }
    if ((bits & EXPONENT_BITS) != EXPONENT_BITS) {
      return null;
    }
    base.setByte(SeriesTable.FLAGS, Absence.withoutNumber(base.getByte(SeriesTable.FLAGS)));
    if (life != SeriesTable.SEEN || time - last > gap) {
      // A series that has had no number for long is as good as ended, yet it is not silent.
      remember(time, bits, SeriesTable.ENDED, arrival);
    }
    return Fate.NON_FINITE;
  }

  /** Whether the row has no sample that this one could follow. */
  boolean isFirst(long time) {
    return (base.getByte(SeriesTable.FLAGS) & SeriesTable.SEEN) == 0
        || time - base.getLong(SeriesTable.LAST_TIME) > gap;
  }

  void remember(long time, long bits, int flag, long arrival) {
    base.setLong(SeriesTable.LAST_TIME, time);
    base.setLong(SeriesTable.LAST_BITS, bits);
    base.setLong(SeriesTable.ARRIVED, arrival);
    int rest = base.getByte(SeriesTable.FLAGS) & ~SeriesTable.LIFE;
    base.setByte(SeriesTable.FLAGS, (byte) (rest | flag));
  }
}
