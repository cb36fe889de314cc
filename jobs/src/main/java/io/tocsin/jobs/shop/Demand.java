// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** How many requests per second the shop's customers make. */
final class Demand {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** Its mean over an ordinary weekday. */
  static final double MEAN = 420;

  /** Monday, 5 January 1970, 00:00 UTC. */
  private static final long A_MONDAY = 4 * DAY;

  private final long seed;

  Demand(long seed) {
    this.seed = Dice.mix(seed ^ 0x64656d616e64L);
  }

  /** The rate at a time: busy evenings, quiet nights, busier week-ends, and some unrest. */
  double at(long time) {
    double hour = Math.floorMod(time, DAY) / (double) HOUR;
    double day = Math.cos((hour - 19) / 24 * 2 * Math.PI);
    double noon = Math.cos((hour - 12) / 12 * 2 * Math.PI);
    double rhythm = 1 + 0.55 * day + 0.12 * noon;
    long weekday = Math.floorMod(time - A_MONDAY, 7 * DAY) / DAY;
    double week = weekday >= 5 ? 1.18 : 1.0;
    double unrest =
        0.03 * Dice.wander(seed, time, 40 * MINUTE)
            + 0.02 * Dice.wander(seed + 1, time, 4 * MINUTE);
    return MEAN * rhythm * week * (1 + unrest);
  }
}
