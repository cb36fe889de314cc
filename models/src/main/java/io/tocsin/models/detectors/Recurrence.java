// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * How far a series was from its usual when it was a surprise, for each hour of the last two weeks:
 * what came at the same hour in both is none. One byte per hour, half of it for each week. Other
 * than in {@link Surprise}, distances are remembered and not how rare they were: in two weeks, what
 * is rare changes.
 *
 * <p>Holds offsets; what is learned lies in the row and in the profile.
 */
final class Recurrence {
  /** The farthest in the hour under way, in usual sizes of the values. */
  private static final int REACHED = 0;

  static final int BYTES = Float.BYTES;
  static final int HOURS = 7 * 24;

  /** What both weeks are known for must be exceeded by this factor; a step is one of 1.4. */
  private static final double MARGIN = 1.3;

  private static final double STEPS_PER_OCTAVE = 2;
  private static final int ONE = 10;
  private static final int MOST = 15;
  private static final int BITS = 4;

  private final int at;
  private final int hoursAt;

  /**
   * @param at where its part of the row begins
   * @param hoursAt where its part of the profile begins
   */
  Recurrence(int at, int hoursAt) {
    this.at = at;
    this.hoursAt = hoursAt;
  }

  /** Whether the series was as far from its usual at this hour of both weeks. */
  boolean knows(Row row, Row profile, double value, Sample sample) {
    int both = profile.getByte(slot(sample.hour));
    int known = Math.min(both & MOST, (both >> BITS) & MOST);
    return known > 0
        && distance(row, value) <= MARGIN * Math.pow(2, (known - ONE) / STEPS_PER_OCTAVE);
  }

  /**
   * Learns a value.
   *
   * @param surprise whether it is one; any other is near
   */
  void learn(Row row, Row profile, double value, boolean surprise, Sample sample) {
    if (sample.hour != sample.lastHour) {
      int last = profile.getByte(slot(sample.lastHour)) & MOST;
      int now = steps(row.getFloat(at + REACHED));
      profile.setByte(slot(sample.lastHour), (byte) (last << BITS | now));
      row.setFloat(at + REACHED, 0);
    }
    if (surprise) {
      row.setFloat(at + REACHED, Math.max(row.getFloat(at + REACHED), distance(row, value)));
    }
  }

  /** Forgets the hour under way. */
  void startHour(Row row) {
    row.setFloat(at + REACHED, 0);
  }

  private int slot(long hour) {
    return hoursAt + Math.floorMod(hour, HOURS);
  }

  private static double distance(Row row, double value) {
    double size = row.getFloat(Levels.SIZE);
    return size > 0 ? Math.abs(value - row.getDouble(Levels.SLOW)) / size : 0;
  }

  private static int steps(double distance) {
    if (!(distance > 0)) {
      return 0;
    }
    double octaves = Math.log(distance) / Math.log(2);
    return (int) Math.max(1, Math.min(MOST, ONE + Math.round(STEPS_PER_OCTAVE * octaves)));
  }
}
