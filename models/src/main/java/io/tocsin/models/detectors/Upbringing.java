// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * How far the youth of a series may stray that started from what its siblings had learned. It is
 * judged by what they all do, and by its own band as well, so that neither alone makes a finding.
 *
 * <p>A copy that starts is cold, or busy with starting: for some minutes anything from zero to many
 * times the most that siblings do is taken for that, and nothing is learned of it. Later in its
 * youth a series is to exceed the siblings' range by as much again as that range is wide; a value
 * nearer to zero is for its own band alone.
 *
 * <p>Holds offsets within a part of the row; all zeros for a series without siblings.
 */
final class Upbringing {
  private static final int LOW = 0;
  private static final int HIGH = 4;

  /** When youth is over, ms since the epoch; 0 for a series without siblings. */
  private static final int GROWN = 8;

  static final int BYTES = 16;

  private static final long START_MILLIS = 180_000;
  private static final long YOUTH_MILLIS = 3_600_000;

  /** In ranges of the siblings: what a start may exceed them by. */
  private static final double START_RANGES = 6;

  private final int at;

  /**
   * @param at where this part of a row begins
   */
  Upbringing(int at) {
    this.at = at;
  }

  /** Begins the youth of a series whose siblings' values lie between these. */
  void begin(Row row, double low, double high, long time) {
    row.setFloat(at + LOW, low);
    row.setFloat(at + HIGH, high);
    row.setLong(at + GROWN, time + YOUTH_MILLIS);
  }

  /** Whether the series started from its siblings. */
  boolean hasSiblings(Row row) {
    return row.getLong(at + GROWN) != 0;
  }

  /** Whether the series has just been started, so that its values say little of it. */
  boolean starts(Row row, long time) {
    return time < row.getLong(at + GROWN) - YOUTH_MILLIS + START_MILLIS;
  }

  /** The score, or less where siblings say so. */
  double limited(Row row, long time, double value, double score) {
    return time < row.getLong(at + GROWN) ? Math.min(score, strays(row, time, value)) : score;
  }

  private double strays(Row row, long time, double value) {
    boolean start = starts(row, time);
    double low = row.getFloat(at + LOW);
    double high = row.getFloat(at + HIGH);
    if (low < 0 && high <= 0) {
      return strays(-value, -high, -low, start);
    }
    return strays(value, low, high, start);
  }

  private static double strays(double value, double low, double high, boolean start) {
    boolean signed = low < 0;
    if (!signed && !start && value < low) {
      return Double.POSITIVE_INFINITY;
    }
    double least = Math.min(0, low);
    double outside = Math.max(0, Math.max(value - high, least - value));
    return outside == 0 ? 0 : outside / ((start ? START_RANGES : 1) * (high - least));
  }
}
