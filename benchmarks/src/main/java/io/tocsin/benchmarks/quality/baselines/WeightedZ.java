// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

/** The deviation from an exponentially weighted mean in standard deviations. */
final class WeightedZ implements EachAlone.Model {
  private static final int WARM_UP_SAMPLES = 30;
  private static final double RATE = 0.01;

  private final Spread spread = new Spread(RATE);

  @Override
  public double score(long time, double value) {
    double score = spread.values() < WARM_UP_SAMPLES ? 0 : Math.min(20, spread.score(value));
    spread.learn(value);
    return score;
  }
}
