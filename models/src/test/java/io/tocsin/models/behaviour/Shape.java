// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

import java.time.Duration;

/** What a series would show at a time: its level, or its rate per second if it is a counter. */
interface Shape {
  long HOUR = 3_600_000;
  long DAY = 24 * HOUR;

  /**
   * The value.
   *
   * @param time ms since the epoch
   * @param since ms since this part of the script began
   * @param noise the script's own
   */
  double at(long time, long since, Noise noise);

  /** Always the same. */
  static Shape level(double value) {
    return (time, since, noise) -> value;
  }

  /** From one value to another in a straight line, and from then on the other. */
  static Shape ramp(double from, double to, Duration length) {
    return (time, since, noise) ->
        from + (to - from) * Math.min(1, (double) since / length.toMillis());
  }

  /** A wave a day, lowest at midnight, highest at noon. */
  static Shape wave(double low, double high) {
    return (time, since, noise) ->
        low + (high - low) * (1 - Math.cos(2 * Math.PI * Math.floorMod(time, DAY) / DAY)) / 2;
  }

  /** One value by night, another from 8 to 18 o'clock. */
  static Shape officeHours(double night, double day) {
    return (time, since, noise) -> {
      long hour = Math.floorMod(time, DAY) / HOUR;
      return hour >= 8 && hour < 18 ? day : night;
    };
  }

  /** Another shape for a while, again and again: first {@code offset} after the epoch. */
  default Shape with(Shape other, Duration period, Duration offset, Duration length) {
    return (time, since, noise) -> {
      long into = Math.floorMod(time - offset.toMillis(), period.toMillis());
      return (into < length.toMillis() ? other : this).at(time, since, noise);
    };
  }

  /** The same, that much earlier: what a clock put forward does to the habits of people. */
  default Shape earlier(Duration by) {
    return (time, since, noise) -> at(time + by.toMillis(), since, noise);
  }

  /**
   * With noise of this standard deviation: the sum of four even ones. It looks like a Gaussian and
   * never is farther out than 3.5 deviations, so that what is unusual is beyond doubt.
   */
  default Shape noise(double deviation) {
    return (time, since, noise) -> {
      double sum = -2;
      for (int i = 0; i < 4; i++) {
        sum += noise.next();
      }
      return at(time, since, noise) + deviation * Math.sqrt(3) * sum;
    };
  }
}
