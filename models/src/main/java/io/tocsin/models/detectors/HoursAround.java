// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * What a profile says of the hour of a time and of its two neighbours: of any day, and of that day
 * of the week. It is kept in the row from the first value of an hour on: the profile lies elsewhere
 * in memory, and is read once an hour instead of with every value.
 */
final class HoursAround {
  private static final int COUNT = 3;

  /** Number of the hour in the middle plus one; 0 when none is kept. */
  private static final int HOUR = 0;

  private static final int SLOTS = HOUR + Integer.BYTES;
  static final int BYTES = SLOTS + 2 * COUNT * Short.BYTES;

  private final int at;
  private long time = Long.MIN_VALUE;
  private long hour;

  /** Of the two hours between whose middles the time lies, which is the first. */
  private int first;

  /** How far it is from the middle of that hour to that of the next. */
  private double part;

  /** Of any day, then of the day of the week. */
  private final double[] slots = new double[2 * COUNT];

  /**
   * @param at where its part of the row begins
   */
  HoursAround(int at) {
    this.at = at;
  }

  /** Moves to a time of a series. */
  HoursAround move(Row row, Row profile, long to) {
    if (to != time) {
      time = to;
      hour = HourProfile.hour(to);
      long shifted = to - HourProfile.MILLIS / 2;
      long before = HourProfile.hour(shifted);
      part = (double) (shifted - before * HourProfile.MILLIS) / HourProfile.MILLIS;
      first = (int) (before - hour) + 1;
    }
    if (row.getInt(at + HOUR) == number(hour)) {
      for (int i = 0; i < slots.length; i++) {
        slots[i] = HourProfile.value(row.getShort(at + SLOTS + i * Short.BYTES));
      }
    } else {
      for (int i = 0; i < COUNT; i++) {
        slots[i] = HourProfile.value(profile.getShort(HourProfile.daySlot(hour + i - 1)));
        slots[COUNT + i] = HourProfile.value(profile.getShort(HourProfile.weekSlot(hour + i - 1)));
      }
    }
    return this;
  }

  /** What the hour of the day says of the time, or NaN where it has not been seen. */
  double ofDay() {
    return between(first);
  }

  /** What the hour of the week says of the time, or NaN where it has not been seen. */
  double ofWeek() {
    return between(COUNT + first);
  }

  /**
   * Between the middles of two neighbouring hours the profile is a straight line, if both are
   * known.
   */
  private double between(int from) {
    return slots[from] + part * (slots[from + 1] - slots[from]);
  }

  /**
   * How far a value lies outside of what the hour and its two neighbours say: a shift of the rhythm
   * by up to an hour (daylight saving, a late batch) is no deviation.
   */
  double distance(boolean week, double value) {
    int from = week ? COUNT : 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + COUNT; i++) {
      if (!Double.isNaN(slots[i])) {
        least = Math.min(least, slots[i]);
        most = Math.max(most, slots[i]);
      }
    }
    return value > most ? value - most : value < least ? least - value : 0;
  }

  /** Keeps what the profile says around an hour; to be called whenever the profile has changed. */
  void keep(Row row, Row profile, long of) {
    row.setInt(at + HOUR, number(of));
    for (int i = 0; i < COUNT; i++) {
      int day = at + SLOTS + i * Short.BYTES;
      row.setShort(day, profile.getShort(HourProfile.daySlot(of + i - 1)));
      row.setShort(day + COUNT * Short.BYTES, profile.getShort(HourProfile.weekSlot(of + i - 1)));
    }
  }

  /** Keeps nothing. */
  void drop(Row row) {
    row.setInt(at + HOUR, 0);
  }

  private static int number(long hour) {
    return (int) hour + 1;
  }
}
