// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

/**
 * Mean and variance with exponential weights (T. Finch, Incremental calculation of weighted mean
 * and variance, 2009); with few values, the plain ones.
 */
final class Spread {
  /** So many standard deviations are the boundary. */
  private static final double BOUNDARY = 5;

  private final double rate;
  private double mean;
  private double variance;
  private int values;

  Spread(double rate) {
    this.rate = rate;
  }

  int values() {
    return values;
  }

  /** The deviation of a value from the mean; 1.0 is the boundary. */
  double score(double value) {
    double deviation = Math.abs(value - mean);
    return deviation == 0 ? 0 : deviation / (BOUNDARY * Math.sqrt(variance) + Double.MIN_NORMAL);
  }

  void learn(double value) {
    values++;
    double weight = Math.max(rate, 1.0 / values);
    double miss = value - mean;
    mean += weight * miss;
    variance = (1 - weight) * (variance + weight * miss * miss);
  }
}
