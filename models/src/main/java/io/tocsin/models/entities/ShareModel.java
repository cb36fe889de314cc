// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.rows.Row;

/**
 * Which share of an entity's series usually deviates at the same time, and how probable another one
 * is by chance. The usual share and how much it varies are exponentially weighted means of the
 * entity's own past; as long as that is short, of the fleet's. Variation beyond that of independent
 * series says how much series deviate together, so that an entity whose series always move together
 * must show more (method of moments for the beta-binomial distribution).
 */
final class ShareModel {
  private static final int COUNT = 0;
  private static final int MEAN = 4;
  private static final int VARIANCE = 8;
  static final int ROW_BYTES = 12;

  /** By so many ticks of its own the fleet is outweighed. */
  private static final double FLEET_WORTH = 60;

  private static final double FIRST_CORRELATION = 0.05;
  private static final double LEAST_CORRELATION = 0.01;
  private static final double MOST_CORRELATION = 0.5;
  private static final double LEAST_MEAN = 0.002;
  private static final double MOST_MEAN = 0.9;
  private static final double CLIP = 3;

  private final EntitySettings settings;
  private final Memory memory;

  ShareModel(EntitySettings settings) {
    this.settings = settings;
    this.memory = Memory.of(settings.memory());
  }

  /** The usual share. */
  double usual(Row state, double fleet) {
    double mean = blend(state, state.getFloat(MEAN), fleet);
    return Math.max(LEAST_MEAN, Math.min(MOST_MEAN, mean));
  }

  /** The probability that chance has so many of n series deviate. */
  double probability(Row state, double fleet, int deviating, int n) {
    double usual = usual(state, fleet);
    if (deviating < settings.leastDeviating() || deviating <= usual * n) {
      return 1;
    }
    return BetaBinomial.upperTail(deviating, n, usual, correlation(state, usual, n));
  }

  /** The least share that chance reaches with no more than a probability; above 1 when none is. */
  double boundary(Row state, double fleet, double probability, int n) {
    int low = 0;
    int high = n + 1;
    while (low + 1 < high) {
      int middle = (low + high) / 2;
      if (probability(state, fleet, middle, n) <= probability) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (double) high / n;
  }

  /**
   * Learns a share.
   *
   * @param elapsed time since the last one, in ms
   * @param weight in (0, 1]: how much it is to be believed
   */
  void learn(Row state, double fleet, int deviating, int n, double elapsed, double weight) {
    int count = state.getInt(COUNT);
    double usual = usual(state, fleet);
    double share = clipped(state, usual, deviating, n);
    double rate = weight * memory.rate(count, elapsed);
    double variance = state.getFloat(VARIANCE);
    double miss = share - usual;
    state.setFloat(VARIANCE, variance + rate * (miss * miss - variance));
    state.setFloat(MEAN, state.getFloat(MEAN) + rate * (share - state.getFloat(MEAN)));
    state.setInt(COUNT, count == Integer.MAX_VALUE ? count : count + 1);
  }

  /** A share as far as it is believed. */
  double clipped(Row state, double usual, int deviating, int n) {
    double chance = usual * (1 - usual) * (1.0 / n + correlation(state, usual, n));
    return Math.min((double) deviating / n, usual + CLIP * Math.sqrt(chance));
  }

  private double correlation(Row state, double usual, int n) {
    double excess = state.getFloat(VARIANCE) / (usual * (1 - usual)) - 1.0 / n;
    double own = Math.max(0, excess / (1 - 1.0 / Math.max(2, n)));
    double correlation = blend(state, own, FIRST_CORRELATION);
    return Math.max(LEAST_CORRELATION, Math.min(MOST_CORRELATION, correlation));
  }

  private static double blend(Row state, double own, double others) {
    double count = state.getInt(COUNT);
    return (count * own + FLEET_WORTH * others) / (count + FLEET_WORTH);
  }
}
