// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.rows.Row;

/**
 * Where a positive quantity of an entity becomes unusual, by its own past: the quantity's logarithm
 * has an exponentially weighted mean and deviation, and beyond two deviations an exponential tail,
 * of which the mean excess and how often it is entered are learned (peaks over threshold, as SPOT:
 * Siffer et al., KDD 2017; on the logarithm, so that the tail is Pareto's). The boundary is where
 * that tail is entered a given number of times a day, and a number of deviations at least.
 */
final class OwnTail {
  private static final int MEAN = 0;
  private static final int VARIANCE = 4;
  private static final int ENTERED = 8;
  private static final int EXCESS = 12;
  private static final int COUNT = 16;
  static final int ROW_BYTES = 20;

  private static final double TAIL_DEVIATIONS = 2;
  private static final double LEAST_DEVIATION = 0.05;
  private static final double LEAST_EXCESS = 0.1;
  private static final double CLIP = 3;
  private static final double DAY_MILLIS = 86_400_000;

  /** What is taken for granted at first, and by how many values it is outweighed. */
  private static final double FIRST_VARIANCE = 0.2;

  private static final int VARIANCE_WORTH = 100;
  private static final double FIRST_ENTERED = 0.03;
  private static final int ENTERED_WORTH = 500;
  private static final double FIRST_EXCESS = 0.2;
  private static final double MOST_EXCESS_RATE = 0.03;

  /** The boundary is wider while little was seen. */
  private static final double WIDER = 100;

  private static final int WARM_UP = 30;

  private final double least;
  private final double deviations;
  private final double perDay;
  private final Memory memory;
  private final Memory tailMemory;

  /**
   * A tail.
   *
   * @param least smaller quantities are all the same
   */
  OwnTail(EntitySettings settings, double least) {
    this.least = least;
    deviations = settings.distanceDeviations();
    perDay = settings.distancesPerDay();
    memory = Memory.of(settings.memory());
    tailMemory = Memory.of(settings.tailMemory());
  }

  /** Whether enough was seen to say anything. */
  boolean ready(Row state) {
    return state.getInt(COUNT) >= WARM_UP;
  }

  /** The usual quantity. */
  double usual(Row state) {
    return Math.exp(state.getFloat(MEAN));
  }

  /**
   * The quantity at the boundary.
   *
   * @param interval the usual time between two values, in ms
   */
  double boundary(Row state, double interval) {
    return Math.exp(logBoundary(state, interval));
  }

  private double logBoundary(Row state, double interval) {
    double deviation = deviation(state);
    double often = state.getFloat(ENTERED) * DAY_MILLIS / Math.max(1, interval) / perDay;
    double tail = Math.max(LEAST_EXCESS, state.getFloat(EXCESS)) * Math.max(0, Math.log(often));
    double wide = deviations * (1 + WIDER / (WIDER + state.getInt(COUNT)) / 2);
    double mean = state.getFloat(MEAN);
    return Math.max(mean + TAIL_DEVIATIONS * deviation + tail, mean + wide * deviation);
  }

  private static double deviation(Row state) {
    return Math.max(LEAST_DEVIATION, Math.sqrt(state.getFloat(VARIANCE)));
  }

  /**
   * Learns a quantity.
   *
   * @param elapsed time since the last one, in ms
   * @param interval the usual time between two, in ms
   * @param weight in (0, 1]: how much it is to be believed
   */
  void learn(Row state, double quantity, double elapsed, double interval, double weight) {
    double log = Math.log(Math.max(least, quantity));
    int count = state.getInt(COUNT);
    if (count == 0) {
      state.setFloat(MEAN, log);
      state.setFloat(VARIANCE, FIRST_VARIANCE);
      state.setFloat(ENTERED, FIRST_ENTERED);
      state.setFloat(EXCESS, FIRST_EXCESS);
      state.setInt(COUNT, 1);
      return;
    }
    double threshold = state.getFloat(MEAN) + TAIL_DEVIATIONS * deviation(state);
    learnTail(state, log - threshold, elapsed, interval, weight);
    double most = CLIP * deviation(state);
    double miss = Math.max(-most, Math.min(most, log - state.getFloat(MEAN)));
    double rate = weight * memory.rate(count, elapsed);
    double slow = weight * memory.rate(count + VARIANCE_WORTH, elapsed);
    state.setFloat(MEAN, state.getFloat(MEAN) + (count < WARM_UP ? rate : slow) * miss);
    double variance = state.getFloat(VARIANCE);
    state.setFloat(VARIANCE, variance + slow * (miss * miss - variance));
    state.setInt(COUNT, count == Integer.MAX_VALUE ? count : count + 1);
  }

  private void learnTail(Row state, double excess, double elapsed, double interval, double weight) {
    double rate = weight * tailMemory.rate(state.getInt(COUNT) + ENTERED_WORTH, elapsed);
    double entered = state.getFloat(ENTERED);
    if (excess > 0) {
      double reach =
          logBoundary(state, interval) - state.getFloat(MEAN) - TAIL_DEVIATIONS * deviation(state);
      double usual = state.getFloat(EXCESS);
      double step = Math.min(MOST_EXCESS_RATE, rate / Math.max(0.001, entered));
      state.setFloat(EXCESS, usual + step * (Math.min(excess, reach) - usual));
    }
    state.setFloat(ENTERED, entered + rate * ((excess > 0 ? 1 : 0) - entered));
  }
}
