// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.rows.Row;
import java.util.Arrays;

/**
 * How the key metrics of an entity move together: an exponentially weighted covariance of their
 * deviations about zero, learned clipped, so that a single tick cannot bend it (as Huber's
 * M-estimators do; Campbell, Applied Statistics 29, 1980). Its inverse tells for each metric what
 * all others make expected of it and how well they do (Whittaker, Graphical Models, 1990). A metric
 * that is well explained and is suddenly off breaks the relation, though it may lie in its own
 * band.
 */
final class RelationModel {
  static final int ROW_BYTES = KeyMetrics.MOST * (KeyMetrics.MOST + 1) / 2 * Float.BYTES;

  /** Differences smaller than the root of this, in boundaries, say nothing. */
  private static final double RIDGE = 0.005;

  private static final double FIRST_VARIANCE = 0.05;
  private static final int FIRST_WORTH = 200;

  /** Ticks that a metric must have been learned for. */
  private static final int WARM_UP = 200;

  /** The part of a metric's variance that the others must explain. */
  private static final double EXPLAINED = 0.7;

  private static final double CLIP = 1.5;
  private static final double ERRORS_CLIP = 3;

  private final EntitySettings settings;
  private final Memory memory;
  private final Covariances covariances = new Covariances();
  private final double[][] matrix = new double[KeyMetrics.MOST][KeyMetrics.MOST];
  private final double[] pull = new double[KeyMetrics.MOST];
  private final double[] rates = new double[KeyMetrics.MOST];
  private double[][] inverse = matrix;
  private double score;
  private double errors;

  RelationModel(EntitySettings settings) {
    this.settings = settings;
    this.memory = Memory.of(settings.memory());
  }

  /** A metric takes a slot: nothing is known of it. */
  static void reset(Row state, int slot) {
    for (int other = 0; other < KeyMetrics.MOST; other++) {
      set(state, slot, other, slot == other ? FIRST_VARIANCE : 0);
    }
  }

  /** Judges a tick; {@link #score}, {@link #part} and {@link #expected} tell of it. */
  void judge(Row state, Row keys, Moment moment) {
    int n = moment.slots;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = get(state, i, j) + (i == j ? RIDGE : 0);
      }
    }
    inverse = covariances.invert(matrix, n);
    score = 0;
    errors = 0;
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += inverse[i][j] * moment.deviation[j];
      }
      pull[i] = sum;
      if (moment.present[i]) {
        double off = Math.abs(sum) / Math.sqrt(inverse[i][i]);
        errors = Math.max(errors, off);
        if (KeyMetrics.count(keys, i) >= WARM_UP && explained(i)) {
          double miss = Math.abs(sum / inverse[i][i]) / settings.relationLeast();
          score = Math.max(score, Math.min(miss, off / settings.relationDeviations()));
        }
      }
    }
  }

  private boolean explained(int i) {
    return 1 - 1 / (inverse[i][i] * matrix[i][i]) >= EXPLAINED;
  }

  /** 1.0 is the boundary. */
  double score() {
    return score;
  }

  /**
   * The part of a metric in the squared Mahalanobis distance; negative where it lessens it. Their
   * sum is that distance.
   */
  double part(Moment moment, int slot) {
    return moment.deviation[slot] * pull[slot];
  }

  /** What the others make expected of a metric. */
  double expected(Moment moment, int slot) {
    return moment.deviation[slot] - pull[slot] / inverse[slot][slot];
  }

  /** By how much a metric may miss that. */
  double halfWidth(int slot) {
    double errorsWide = settings.relationDeviations() / Math.sqrt(inverse[slot][slot]);
    return Math.max(settings.relationLeast(), errorsWide);
  }

  /** Learns the tick that was judged last. */
  void learn(Row state, Row keys, Moment moment, double elapsed, double weight) {
    double believed = weight * Math.min(1, square(ERRORS_CLIP / Math.max(errors, 1e-9)));
    for (int i = 0; i < moment.slots; i++) {
      rates[i] = memory.rate(KeyMetrics.count(keys, i) + FIRST_WORTH, elapsed) * believed;
    }
    for (int i = 0; i < moment.slots; i++) {
      for (int j = 0; moment.present[i] && j <= i; j++) {
        if (moment.present[j]) {
          double product = clip(moment.deviation[i]) * clip(moment.deviation[j]);
          double before = get(state, i, j);
          // The one that was seen less often is learned faster.
          double rate = Math.max(rates[i], rates[j]);
          set(state, i, j, before + rate * (product - before));
        }
      }
    }
  }

  private static double clip(double deviation) {
    return Math.max(-CLIP, Math.min(CLIP, deviation));
  }

  private static double square(double value) {
    return value * value;
  }

  private static double get(Row state, int i, int j) {
    return state.getFloat(Covariances.index(i, j) * Float.BYTES);
  }

  private static void set(Row state, int i, int j, double value) {
    state.setFloat(Covariances.index(i, j) * Float.BYTES, value);
  }

  /** The deviations of an entity's key metrics in one tick. */
  static final class Moment {
    /** Slots beyond this are not used. */
    int slots;

    final boolean[] present = new boolean[KeyMetrics.MOST];

    /** 0 where there is none. */
    final double[] deviation = new double[KeyMetrics.MOST];

    void clear() {
      slots = 0;
      Arrays.fill(present, false);
      Arrays.fill(deviation, 0);
    }

    int count() {
      int count = 0;
      for (int i = 0; i < slots; i++) {
        count += present[i] ? 1 : 0;
      }
      return count;
    }

    /** The root of the mean square of all deviations, in boundaries. */
    double distance() {
      double sum = 0;
      for (int i = 0; i < slots; i++) {
        sum += deviation[i] * deviation[i];
      }
      return Math.sqrt(sum / Math.max(1, count()));
    }
  }
}
