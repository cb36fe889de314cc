// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/**
 * Seeded chance. What is drawn after {@link #seed} depends on the seed alone, and each draw takes
 * one number, whatever it is for; so the chance of one pod never moves that of another.
 */
final class Dice {
  private static final double SMALL = 24;
  private static final double UNIT = 0x1.0p-53;

  private long state;

  /** Begins anew. */
  void seed(long seed, long what, long time) {
    state = mix(mix(seed ^ mix(what)) + time);
  }

  private long next() {
    state += 0x9e3779b97f4a7c15L;
    return mix(state);
  }

  /** A number in [0, 1). */
  double uniform() {
    return (next() >>> 11) * UNIT;
  }

  /** A number of mean 0 and variance 1, nearly normal: the sum of four uniform ones. */
  double normal() {
    return normal(next());
  }

  private static double normal(long bits) {
    long sum =
        (bits & 0xffff) + ((bits >>> 16) & 0xffff) + ((bits >>> 32) & 0xffff) + (bits >>> 48);
    return (sum - 131_070.0) * (1.7320508 / 65_536);
  }

  /** How many events happen when so many are expected. */
  double poisson(double mean) {
    long bits = next();
    if (mean > SMALL) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * normal(bits)));
    }
    double uniform = (bits >>> 11) * UNIT;
    double probability = Math.exp(-mean);
    double sum = probability;
    int count = 0;
    while (uniform > sum && count < 200) {
      count++;
      probability *= mean / count;
      sum += probability;
    }
    return count;
  }

  /** A curve in [-1, 1] that wanders within about a period, the same at the same time. */
  static double wander(long key, long time, long period) {
    long cell = Math.floorDiv(time, period);
    double part = (time - cell * period) / (double) period;
    double smooth = part * part * (3 - 2 * part);
    double from = fraction(key, cell);
    return 2 * (from + (fraction(key, cell + 1) - from) * smooth) - 1;
  }

  /** A number in [0, 1) that belongs to a key and an index. */
  static double fraction(long key, long index) {
    return (mix(mix(key) + index * 0x9e3779b97f4a7c15L) >>> 11) * UNIT;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
