// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

import java.util.SplittableRandom;

/** Scores without looking: what a measure gives to this, it gives to anything. */
final class RandomScore implements EachAlone.Model {
  private static final double ALARMS = 0.001;

  private final SplittableRandom random = new SplittableRandom(20_260_101);

  @Override
  public double score(long time, double value) {
    return random.nextDouble() / (1 - ALARMS);
  }
}
