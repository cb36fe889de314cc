// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

/** What a hit, a miss and a false alarm weigh: {@code config/profiles.json} of NAB. */
public enum NabProfile {
  STANDARD("standard", 1, 1, 0.11),
  LOW_FP("low_fp", 1, 1, 0.22),
  LOW_FN("low_fn", 1, 2, 0.11);

  private final String figure;
  private final double hit;
  private final double miss;
  private final double falseAlarm;

  NabProfile(String figure, double hit, double miss, double falseAlarm) {
    this.figure = figure;
    this.hit = hit;
    this.miss = miss;
    this.falseAlarm = falseAlarm;
  }

  /** The last part of the name of its figure. */
  public String figure() {
    return figure;
  }

  double hit() {
    return hit;
  }

  double miss() {
    return miss;
  }

  double falseAlarm() {
    return falseAlarm;
  }
}
