// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;
import org.jspecify.annotations.Nullable;

/**
 * The surprises of all predictors, joined: the most surprised counts most, the next one a little,
 * so that one alone must be surer. A joined score of 1 is the boundary; what no tail thinks rare
 * scores 0.
 */
final class Surprises {
  static final int JUMP = 0;
  static final int LEVEL = 1;
  static final int RHYTHM = 2;
  static final int DRIFT = 3;
  static final int COUNT = 4;

  static final int ROW_BYTES = COUNT * Surprise.BYTES;
  static final int PROFILE_BYTES = COUNT * HourMemory.BYTES;

  /** Of each of these times, ms, one residual is learned; 0 for all. */
  private static final long[] BLOCKS = {0, 0, 300_000, 900_000};

  /** What the surprises of each are worth: jumps come easily, and drifts take their time. */
  private static final double[] WEIGHTS = {0.9, 1, 1, 0.9};

  /** Of the score: the part of the most surprised predictor, the rest is the next one's. */
  private static final double FIRST = 0.8;

  private final double anchor;
  private final Surprise[] surprises = new Surprise[COUNT];

  /**
   * @param at where their part of the row begins
   * @param hoursAt where their part of the profile begins
   */
  Surprises(BandSettings settings, int at, int hoursAt) {
    anchor = -Math.log10(settings.tailShare()) / settings.boundary();
    for (int i = 0; i < COUNT; i++) {
      surprises[i] =
          new Surprise(
              settings,
              WEIGHTS[i],
              BLOCKS[i],
              at + i * Surprise.BYTES,
              hoursAt + i * HourMemory.BYTES);
    }
  }

  Surprise of(int predictor) {
    return surprises[predictor];
  }

  /**
   * Judges what each predictor has missed.
   *
   * @param residuals NaN where there is none
   * @param cold whether only the last samples say something
   */
  void judge(Row row, @Nullable Row profile, double[] residuals, boolean cold, Sample sample) {
    for (int i = 0; i < COUNT; i++) {
      if (Double.isNaN(residuals[i]) || (cold && i > LEVEL)) {
        surprises[i].pass();
      } else {
        surprises[i].judge(row, profile, residuals[i], sample);
      }
    }
  }

  /**
   * Learns what each predictor has missed.
   *
   * @param judged whether these are what was judged last
   */
  void learn(Row row, @Nullable Row profile, double[] residuals, boolean judged, Sample sample) {
    for (int i = 0; i < COUNT; i++) {
      // NaN is none.
      if (Math.abs(residuals[i]) <= sample.absurd) {
        surprises[i].learn(row, profile, residuals[i], judged, sample);
      } else {
        surprises[i].pass();
      }
    }
  }

  /** The most surprised predictor, or the one that knows most while none is surprised. */
  int first() {
    int first = LEVEL;
    double most = 0;
    for (int i = 0; i < COUNT; i++) {
      if (surprises[i].persisting() > most) {
        most = surprises[i].persisting();
        first = i;
      }
    }
    return first;
  }

  /** How rare the residuals are. */
  double persisting() {
    double most = 0;
    double next = 0;
    for (Surprise surprise : surprises) {
      double each = surprise.persisting();
      next = Math.max(next, Math.min(most, each));
      most = Math.max(most, each);
    }
    return join(most, next);
  }

  /** How rare those are that are news. */
  double news() {
    double most = 0;
    double next = 0;
    for (Surprise surprise : surprises) {
      double each = surprise.news();
      next = Math.max(next, Math.min(most, each));
      most = Math.max(most, each);
    }
    return join(most, next);
  }

  /** How rare the rarest residual of the hour under way and the one before is, news or not. */
  double lately(Row row) {
    double most = 0;
    for (Surprise surprise : surprises) {
      most = Math.max(most, surprise.lately(row));
    }
    return most;
  }

  /** How rare the value is beside the last ones. */
  double sudden() {
    double jump = surprises[JUMP].persisting();
    double level = surprises[LEVEL].persisting();
    return join(Math.max(jump, level), Math.min(jump, level));
  }

  /** Of two surprises, what exceeds the share of residuals that every tail begins with. */
  private double join(double first, double next) {
    return Math.max(0, (FIRST * first + (1 - FIRST) * next - anchor) / (1 - anchor));
  }

  /** Whether a residual from the level is as large as where a level shift would be told. */
  boolean isFar(Row row, double residual, Sample sample) {
    Surprise level = surprises[LEVEL];
    return residual > level.upper(row, sample) || -residual > level.lower(row, sample);
  }
}
