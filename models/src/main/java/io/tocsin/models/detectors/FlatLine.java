// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * A series that always moved stands still: a sensor that hangs, a loop that no longer runs. How
 * long it may stand still follows from the longest time that it has done so before.
 */
final class FlatLine {
  /** When the last value was first seen in a row. */
  private static final int SINCE = 0;

  /** The longest time without a move before, ms. */
  private static final int LONGEST = 8;

  /** When the series was first seen, ms since the epoch. */
  private static final int BORN = 12;

  /** Whether where it stands was told otherwise, or is zero; one byte. */
  private static final int EXPLAINED = 20;

  static final int BYTES = 24;

  private static final double LEAST_MILLIS = 30 * 60_000;
  private static final double LEAST_INTERVALS = 12;

  /** In longest times before. */
  private static final double TIMES = 8;

  /** Of the age of the series: what is too young knows too little of itself. */
  private static final double PART_OF_AGE = 0.05;

  private final int at;

  FlatLine(int at) {
    this.at = at;
  }

  void begin(Row row, long time) {
    row.setLong(at + SINCE, time);
    row.setFloat(at + LONGEST, 0);
    row.setLong(at + BORN, time);
  }

  /** When the series was first seen. */
  long born(Row row) {
    return row.getLong(at + BORN);
  }

  /** Since when the series has had its last value. */
  long since(Row row) {
    return row.getLong(at + SINCE);
  }

  /** Where 1 is a surprise. */
  double score(Row row, boolean moved, Sample sample) {
    if (moved || row.getByte(at + EXPLAINED) != 0) {
      return 0;
    }
    double still = (double) sample.time - row.getLong(at + SINCE);
    double least = Math.max(LEAST_MILLIS, LEAST_INTERVALS * sample.interval);
    double known = TIMES * Math.max(row.getFloat(at + LONGEST), 2 * sample.interval);
    double age = PART_OF_AGE * ((double) row.getLong(at + SINCE) - row.getLong(at + BORN));
    double usual = Math.max(least, known);
    return age < usual ? 0 : still / usual;
  }

  /**
   * Learns that the series has moved.
   *
   * @param explained whether it stands where nothing of a hanging sensor is to be learned: at zero,
   *     or at another level
   */
  void moved(Row row, boolean explained, Sample sample) {
    double still = (double) sample.time - sample.elapsed - row.getLong(at + SINCE);
    if (row.getByte(at + EXPLAINED) == 0) {
      row.setFloat(at + LONGEST, Math.max(row.getFloat(at + LONGEST), still));
    }
    row.setByte(at + EXPLAINED, (byte) (explained ? 1 : 0));
    row.setLong(at + SINCE, sample.time);
  }
}
