// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

/**
 * The deviation from the exponentially weighted mean of the hour of the day, in standard
 * deviations; from that of all hours while the hour is not known.
 */
final class SeasonalZ implements EachAlone.Model {
  private static final int WARM_UP_SAMPLES = 30;
  private static final double RATE = 0.01;
  private static final double HOUR_RATE = 0.03;
  private static final int HOURS = 24;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int KNOWN_DAYS = 3;

  private final Spread all = new Spread(RATE);
  private final Spread[] hours = new Spread[HOURS];
  private final int[] days = new int[HOURS];
  private long lastHour = Long.MIN_VALUE;

  SeasonalZ() {
    for (int hour = 0; hour < HOURS; hour++) {
      hours[hour] = new Spread(HOUR_RATE);
    }
  }

  @Override
  public double score(long time, double value) {
    long hour = Math.floorDiv(time, HOUR_MILLIS);
    int slot = (int) Math.floorMod(hour, (long) HOURS);
    if (hour != lastHour) {
      days[slot]++;
      lastHour = hour;
    }
    Spread spread = days[slot] > KNOWN_DAYS ? hours[slot] : all;
    double score = all.values() < WARM_UP_SAMPLES ? 0 : Math.min(20, spread.score(value));
    hours[slot].learn(value);
    all.learn(value);
    return score;
  }
}
