// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

/**
 * Scores a value outside all that was seen, by how far it is outside in parts of the range. Nothing
 * is forgotten.
 */
final class RangeNovelty implements EachAlone.Model {
  private static final int WARM_UP_SAMPLES = 100;

  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private int samples;

  @Override
  public double score(long time, double value) {
    double outside = Math.max(low - value, value - high);
    double range = high - low;
    boolean novel = samples >= WARM_UP_SAMPLES && outside > 0;
    double score = novel ? 1 + (range > 0 ? Math.min(1, outside / range) : 1) : 0;
    low = Math.min(low, value);
    high = Math.max(high, value);
    samples++;
    return score;
  }
}
