// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * How unusual each hour of the day has been before, one byte per hour: what comes every day at the
 * same time is a surprise twice, and then the usual of its hour. Lies behind the hours' means in
 * the profile.
 */
final class HourMemory {
  private static final int HOURS = 24;
  static final int BYTES = HOURS;

  /** Of the way up to what an hour has reached, and down. */
  private static final double UP = 0.7;

  private static final double DOWN = 0.1;

  private static final double RESOLUTION = 32;
  private static final int MOST = 255;

  private final int at;

  HourMemory(int at) {
    this.at = at;
  }

  /** The most that the hour and its neighbours are known for. */
  double around(Row profile, long hour) {
    return Math.max(of(profile, hour), Math.max(of(profile, hour - 1), of(profile, hour + 1)));
  }

  /** Learns the most that an hour has reached. */
  void learn(Row profile, long hour, double reached) {
    double known = of(profile, hour);
    double learned = known + (reached > known ? UP : DOWN) * (reached - known);
    long rounded = Math.min(MOST, Math.round(learned * RESOLUTION));
    profile.setByte(at + slot(hour), (byte) rounded);
  }

  private double of(Row profile, long hour) {
    return (profile.getByte(at + slot(hour)) & MOST) / RESOLUTION;
  }

  private static int slot(long hour) {
    return Math.floorMod(hour, HOURS);
  }
}
