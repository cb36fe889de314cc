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

  /** The number of the hour since the epoch. */
  static long hour(long time) {
    return Math.floorDiv(time, MILLIS);
  }

  /** Learns the mean of an hour that is over. */
  static void learn(Row profile, long hour, double mean, double rate) {
    blend(profile, daySlot(hour), mean, rate);
    blend(profile, weekSlot(hour), mean, rate);
  }

  /** Where the hour of any day lies. */
  static int daySlot(long hour) {
    return Math.floorMod(hour, DAY_SLOTS) * HOUR_BYTES;
  }

  /**
   * Where the hour of its day of the week lies. The epoch began on a Thursday; weeks here do too,
   * which matters to nobody.
   */
  static int weekSlot(long hour) {
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
    return value(profile.getShort(slot));
  }

  /** The value that a slot holds, or NaN where it has not been seen. */
  static double value(short bits) {
    return bits == UNSEEN ? Double.NaN : Float.intBitsToFloat((~bits & 0xFFFF) << 16);
  }

  private static void blend(Row profile, int slot, double mean, double rate) {
    double old = get(profile, slot);
    float value = (float) (Double.isNaN(old) ? mean : old + rate * (mean - old));
    int rounded = Float.floatToRawIntBits(value) + 0x8000;
    profile.setShort(slot, (short) ~(rounded >>> 16));
  }
}
