// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/**
 * A classic histogram of durations that are distributed log-normally: each bucket's count is drawn
 * by itself, so that the buckets, their total and their sum always agree.
 */
final class LatencyMeter {
  /** As clients of Prometheus have them, in seconds. */
  private static final double[] USUAL = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  /** As collectors of traces have them, in seconds. */
  static final double[] OF_TRACES = {0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8};

  /** Spread of the durations' logarithm. */
  private static final double SIGMA = 0.55;

  private final double[] bounds;
  private final Series[] buckets;
  private final Series sum;
  private final Series count;

  LatencyMeter(String metric, SeriesGroup group) {
    this(metric, group, USUAL);
  }

  /**
   * @param bounds of the buckets but the last, rising, in seconds
   */
  LatencyMeter(String metric, SeriesGroup group, double[] bounds) {
    this.bounds = bounds;
    buckets = new Series[bounds.length + 1];
    for (int i = 0; i < buckets.length; i++) {
      String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
      buckets[i] = group.add(metric + "_bucket", "le", bound);
    }
    sum = group.add(metric + "_sum");
    count = group.add(metric + "_count");
  }

  /** Adds what happens in a step at a mean duration in seconds; returns how many there were. */
  double measure(Moment now, double rate, double mean) {
    return measure(rate * now.seconds(), mean, now.dice());
  }

  /** Adds about so many at a mean duration in seconds; returns how many there were. */
  double measure(double expected, double mean, Dice dice) {
    double middle = Math.log(mean) - SIGMA * SIGMA / 2;
    double below = 0;
    double total = 0;
    for (int i = 0; i < buckets.length; i++) {
      double upTo = i < bounds.length ? normal((Math.log(bounds[i]) - middle) / SIGMA) : 1;
      double events = dice.poisson(expected * Math.max(0, upTo - below));
      below = upTo;
      total += events;
      buckets[i].value += total;
      sum.value += events * typical(i, mean);
    }
    count.value += total;
    return total;
  }

  void restart() {
    for (Series bucket : buckets) {
      bucket.value = 0;
    }
    sum.value = 0;
    count.value = 0;
  }

  /** A duration that falls into the bucket, near the mean where the mean does. */
  private double typical(int bucket, double mean) {
    double low = bucket == 0 ? bounds[0] / 4 : bounds[bucket - 1];
    double high = bucket == bounds.length ? 2 * bounds[bucket - 1] : bounds[bucket];
    return mean > low && mean < high ? mean : Math.sqrt(low * high);
  }

  /** The normal distribution function by the logistic approximation, off by less than 0.0002. */
  private static double normal(double z) {
    return 1 / (1 + Math.exp(-z * (1.5976 + 0.070566 * z * z)));
  }

  private static String number(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
