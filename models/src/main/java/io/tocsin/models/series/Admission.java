// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.rows.Row;
import io.tocsin.models.telemetry.FateCounts;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.StaleMarker;
import org.jspecify.annotations.Nullable;

/**
 * Tells which samples are to be taken in: what is late, doubled, conflicting, of the future, stale
 * or no number is counted and left out. A series that comes back after it was as good as forgotten
 * begins anew, and so does one that has only just begun when its history comes.
 */
final class Admission {
  private static final long EXPONENT_BITS = 0x7ff0000000000000L;
  private static final long MINUTE_MILLIS = 60_000;

  /** What was learned live in a shorter time than a day knows no hours yet: history knows more. */
  private static final int YOUNG_MINUTES = 24 * 60;

  /** A live sample so soon after the history takes up from it. */
  private static final long CLOSE_MILLIS = 2 * MINUTE_MILLIS;

  /** History that has not gone on for so long was broken off. */
  private static final long PATIENCE_MILLIS = 15 * MINUTE_MILLIS;

  private final long futureLimit;
  private final long gap;
  private final Expiry expiry;
  private final Row base;
  private final FateCounts<SampleFate> counts;
  private final Treatments treatments;
  private boolean history;

  /**
   * @param base the cursor that is left on the row of an admitted sample
   */
  Admission(
      SeriesSettings settings, Row base, FateCounts<SampleFate> counts, Treatments treatments) {
    this.futureLimit = settings.futureLimit().toMillis();
    this.gap = settings.gap().toMillis();
    this.expiry = new Expiry(settings);
    this.base = base;
    this.counts = counts;
    this.treatments = treatments;
  }

  /** Says whether what comes from now on is history. */
  void history(boolean now) {
    history = now;
  }

  /** The row of the series when the sample is to be taken in; the cursor stands on it then. */
  int admit(SeriesTable table, long hash, int check, long time, long bits, long arrival) {
    int row = table.row(hash);
    if (row == LongIndex.NONE) {
      counts.add(SampleFate.REFUSED);
      return LongIndex.NONE;
    }
    table.base.read(row, base);
    if (history && check == base.getInt(SeriesTable.CHECK) && yields(time)) {
      row = beginAnew(table, row, hash);
    }
    SampleFate oddity = oddity(check, time, bits, arrival);
    if (oddity != null) {
      counts.add(oddity);
      return LongIndex.NONE;
    }
    long last = base.getLong(SeriesTable.LAST_TIME);
    if ((base.getByte(SeriesTable.FLAGS) & SeriesTable.LIFE) != 0
        && time - last > expiry.of(base)) {
      row = beginAnew(table, row, hash);
    }
    return row;
  }

  private int beginAnew(SeriesTable table, int row, long hash) {
    byte[] labels = table.labels[row];
    int check = base.getInt(SeriesTable.CHECK);
    MetricKind declared = MetricKind.ofNumber(base.getByte(SeriesTable.DECLARED_KIND));
    treatments.forget(table, row);
    int fresh = table.add(hash, check, declared, labels);
    table.base.read(fresh, base);
    return fresh;
  }

  /**
   * Whether what a series has learned gives way to history: it has learned live, for a short time,
   * and the history is older than all of that.
   */
  private boolean yields(long time) {
    int origin = base.getInt(SeriesTable.ORIGIN);
    return origin > SeriesTable.NO_ORIGIN
        && minute(time) < origin
        && minute(base.getLong(SeriesTable.LAST_TIME)) - origin < YOUNG_MINUTES;
  }

  /**
   * Whether a live sample must wait for the history of its series, lest the rest of it come too
   * late: unless it follows what was learned closely, or there has been none for a while.
   */
  private boolean isHeldBack(long time, long arrival) {
    return !history
        && base.getInt(SeriesTable.ORIGIN) == SeriesTable.TAUGHT
        && time - base.getLong(SeriesTable.LAST_TIME) > CLOSE_MILLIS
        && arrival - base.getLong(SeriesTable.ARRIVED) <= PATIENCE_MILLIS;
  }

  private static int minute(long time) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, time / MINUTE_MILLIS));
  }

  private @Nullable SampleFate oddity(int check, long time, long bits, long arrival) {
    if (base.getInt(SeriesTable.CHECK) != check) {
      return SampleFate.COLLISION;
    }
    if (time - arrival > futureLimit) {
      return SampleFate.FUTURE;
    }
    int life = base.getByte(SeriesTable.FLAGS) & SeriesTable.LIFE;
    long last = base.getLong(SeriesTable.LAST_TIME);
    if (life != 0 && time <= last) {
      if (time < last) {
        return SampleFate.LATE;
      }
      return bits == base.getLong(SeriesTable.LAST_BITS)
          ? SampleFate.DUPLICATE
          : SampleFate.CONFLICT;
    }
    if (isHeldBack(time, arrival)) {
      return SampleFate.HELD_BACK;
    }
    if (bits == StaleMarker.BITS) {
      remember(time, bits, SeriesTable.ENDED, arrival);
      return SampleFate.STALE;
    }
    if ((bits & EXPONENT_BITS) != EXPONENT_BITS) {
      return null;
    }
    base.setByte(SeriesTable.FLAGS, Absence.withoutNumber(base.getByte(SeriesTable.FLAGS)));
    if (life != SeriesTable.SEEN || time - last > gap) {
      // A series that has had no number for long is as good as ended, yet it is not silent.
      remember(time, bits, SeriesTable.ENDED, arrival);
    }
    return SampleFate.NON_FINITE;
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
    int origin = base.getInt(SeriesTable.ORIGIN);
    if (origin == SeriesTable.NO_ORIGIN) {
      base.setInt(SeriesTable.ORIGIN, history ? SeriesTable.TAUGHT : minute(time));
    } else if (origin == SeriesTable.TAUGHT && !history) {
      base.setInt(SeriesTable.ORIGIN, SeriesTable.GONE_LIVE);
    }
  }
}
