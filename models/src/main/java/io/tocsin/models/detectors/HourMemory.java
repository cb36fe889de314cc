// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * How unusual each hour of the day, or of the week, has been before, one byte per hour: what comes
 * every time at the same hour is a surprise twice, and then the usual of its hour. Lies behind the
 * hours' means in the profile.
 */
final class HourMemory {
  static final int DAY = 24;
  static final int WEEK = 7 * DAY;

  /** Of the way up to what an hour has reached, and down. */
  private static final double UP = 0.7;

  private static final double DOWN = 0.1;

  private static final double RESOLUTION = 24;
  private static final int MOST = 255;

  private final int hours;
  private final int at;

  /**
   * @param hours {@link #DAY} or {@link #WEEK}, as many bytes
   * @param at where it begins in the profile
   */
  HourMemory(int hours, int at) {
    this.hours = hours;
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

  private int slot(long hour) {
    return Math.floorMod(hour, hours);
  }
}
