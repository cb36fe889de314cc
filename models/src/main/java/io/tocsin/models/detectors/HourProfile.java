// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * What a series usually is at an hour of the day and at an hour of the week, in UTC: one value per
 * slot, kept as the upper 16 bits of a float (a relative error of 0.4 %, well below the noise of
 * anything that is measured). A slot that was never seen holds {@link #UNSEEN}.
 *
 * <p>What the same hour says of any day and of each day of the week lies together, hour after hour:
 * all that a moment needs is in one or two cache lines.
 */
final class HourProfile {
  private static final int DAY_SLOTS = 24;
  private static final int WEEK_SLOTS = 168;
  private static final int HOUR_BYTES = (1 + WEEK_SLOTS / DAY_SLOTS) * Short.BYTES;
  static final int BYTES = DAY_SLOTS * HOUR_BYTES;

  static final long MILLIS = 3_600_000;

  /** Float zero is 0x0000, so a fresh row of zeros must mean unseen: bits are stored inverted. */
  private static final short UNSEEN = 0;

  private HourProfile() {}

  /** Where a time lies in any profile. Moved from time to time; most samples share theirs. */
  static final class Moment {
    private long time = Long.MIN_VALUE;

    /** How far it is from the middle of one hour to that of the next. */
    private double part;

    private final int[] between = new int[4];
    private final int[] around = new int[6];

    Moment move(long to) {
      if (to != time) {
        time = to;
        long hour = hour(to);
        long shifted = to - MILLIS / 2;
        long before = hour(shifted);
        part = (double) (shifted - before * MILLIS) / MILLIS;
        for (int i = 0; i < 2; i++) {
          between[i] = daySlot(before + i);
          between[2 + i] = weekSlot(before + i);
        }
        for (int i = 0; i < 3; i++) {
          around[i] = daySlot(hour + i - 1);
          around[3 + i] = weekSlot(hour + i - 1);
        }
      }
      return this;
    }
  }

  /** The number of the hour since the epoch. */
  static long hour(long time) {
    return Math.floorDiv(time, MILLIS);
  }

  /** Learns the mean of an hour that is over. */
  static void learn(Row profile, long hour, double mean, double rate) {
    blend(profile, daySlot(hour), mean, rate);
    blend(profile, weekSlot(hour), mean, rate);
  }

  /** What the hour of the day says of this time, or NaN where it has not been seen. */
  static double ofDay(Row profile, Moment moment) {
    return between(profile, moment, 0);
  }

  /** What the hour of the week says of this time, or NaN where it has not been seen. */
  static double ofWeek(Row profile, Moment moment) {
    return between(profile, moment, 2);
  }

  /**
   * How far a value lies outside of what the slot and its two neighbours say: a shift of the rhythm
   * by up to an hour (daylight saving, a late batch) is no deviation.
   */
  static double distance(Row profile, Moment moment, boolean week, double value) {
    int from = week ? 3 : 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + 3; i++) {
      double slot = get(profile, moment.around[i]);
      if (!Double.isNaN(slot)) {
        least = Math.min(least, slot);
        most = Math.max(most, slot);
      }
    }
    return value > most ? value - most : value < least ? least - value : 0;
  }

  /**
   * Between the middles of two neighbouring hours the profile is a straight line, if both are
   * known.
   */
  private static double between(Row profile, Moment moment, int from) {
    double before = get(profile, moment.between[from]);
    double after = get(profile, moment.between[from + 1]);
    return before + moment.part * (after - before);
  }

  private static int daySlot(long hour) {
    return Math.floorMod(hour, DAY_SLOTS) * HOUR_BYTES;
  }

  /** The epoch began on a Thursday; weeks here do too, which matters to nobody. */
  private static int weekSlot(long hour) {
    int day = Math.floorMod(hour, WEEK_SLOTS) / DAY_SLOTS;
    return daySlot(hour) + (1 + day) * Short.BYTES;
  }

  /** Moves what every hour says by so much. */
  static void shift(Row profile, double by) {
    for (int slot = 0; slot < BYTES; slot += Short.BYTES) {
      double known = get(profile, slot);
      if (!Double.isNaN(known)) {
        blend(profile, slot, known + by, 1);
      }
    }
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
