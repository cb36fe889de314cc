// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * What a series usually is at an hour of the day and at an hour of the week, in UTC: one value per
 * slot, kept as the upper 16 bits of a float (a relative error of 0.4 %, well below the noise of
 * anything that is measured). A slot that was never seen holds {@link #UNSEEN}.
 */
final class HourProfile {
  private static final int DAY_SLOTS = 24;
  private static final int WEEK_SLOTS = 168;
  static final int BYTES = (DAY_SLOTS + WEEK_SLOTS) * Short.BYTES;

  private static final long HOUR_MILLIS = 3_600_000;

  /** The epoch began on a Thursday; weeks here do too, which matters to nobody. */
  private static final int WEEK_FROM = DAY_SLOTS * Short.BYTES;

  /** Float zero is 0x0000, so a fresh row of zeros must mean unseen: bits are stored inverted. */
  private static final short UNSEEN = 0;

  private HourProfile() {}

  /** The number of the hour since the epoch. */
  static long hour(long time) {
    return Math.floorDiv(time, HOUR_MILLIS);
  }

  /** Learns the mean of an hour that is over. */
  static void learn(Row profile, long hour, double mean, double rate) {
    blend(profile, daySlot(hour), mean, rate);
    blend(profile, weekSlot(hour), mean, rate);
  }

  /** What the hour of the day says of this time, or NaN where it has not been seen. */
  static double ofDay(Row profile, long time) {
    return between(profile, time, false);
  }

  /** What the hour of the week says of this time, or NaN where it has not been seen. */
  static double ofWeek(Row profile, long time) {
    return between(profile, time, true);
  }

  /**
   * How far a value lies outside of what the slot and its two neighbours say: a shift of the rhythm
   * by up to an hour (daylight saving, a late batch) is no deviation.
   */
  static double distance(Row profile, long time, boolean week, double value) {
    long hour = hour(time);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (long h = hour - 1; h <= hour + 1; h++) {
      double slot = get(profile, week ? weekSlot(h) : daySlot(h));
      if (!Double.isNaN(slot)) {
        least = Math.min(least, slot);
        most = Math.max(most, slot);
      }
    }
    return value > most ? value - most : value < least ? least - value : 0;
  }

  /** Between the middles of two neighbouring hours the profile is a straight line. */
  private static double between(Row profile, long time, boolean week) {
    long shifted = time - HOUR_MILLIS / 2;
    long hour = hour(shifted);
    double part = (double) (shifted - hour * HOUR_MILLIS) / HOUR_MILLIS;
    double before = get(profile, week ? weekSlot(hour) : daySlot(hour));
    double after = get(profile, week ? weekSlot(hour + 1) : daySlot(hour + 1));
    if (Double.isNaN(before)) {
      return after;
    }
    return Double.isNaN(after) ? before : before + part * (after - before);
  }

  private static int daySlot(long hour) {
    return (int) Math.floorMod(hour, (long) DAY_SLOTS) * Short.BYTES;
  }

  private static int weekSlot(long hour) {
    return WEEK_FROM + (int) Math.floorMod(hour, (long) WEEK_SLOTS) * Short.BYTES;
  }

  private static double get(Row profile, int slot) {
    short bits = profile.getShort(slot);
    return bits == UNSEEN ? Double.NaN : Float.intBitsToFloat((~bits & 0xFFFF) << 16);
  }

  private static void blend(Row profile, int slot, double mean, double rate) {
    double old = get(profile, slot);
    float value = (float) (Double.isNaN(old) ? mean : old + rate * (mean - old));
    int rounded = Float.floatToRawIntBits(value) + 0x8000;
    profile.setShort(slot, (short) ~(rounded >>> 16));
  }
}
