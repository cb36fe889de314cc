// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * How far the youth of a series may stray that started from what its siblings had learned. It is
 * judged by what they all do, and by its own band as well, so that neither alone makes a finding.
 *
 * <p>A copy that starts is cold, or busy with starting: for some minutes anything from zero to many
 * times the most that siblings do is taken for that, and nothing of it is learned but how far it
 * went, for those that start later. For the rest of its youth a series is to exceed the siblings'
 * range by as much again as that range is wide; what is nearer to zero is for its own band alone,
 * once that has settled.
 *
 * <p>Holds offsets within a part of the row, which is all zeros for a series without siblings.
 */
final class Upbringing {
  private static final int LOW = 0;
  private static final int HIGH = 4;

  /** The farthest from zero that a start has gone, here or with a sibling. */
  private static final int START = 8;

  /** When youth is over, unsigned seconds since the epoch; 0 for a series without siblings. */
  private static final int GROWN = 12;

  static final int BYTES = 16;

  private static final long MILLIS = 1000;
  private static final long START_SECONDS = 180;
  private static final long YOUTH_SECONDS = 3600;
  private static final long LAST_SECOND = 0xFFFFFFFFL;

  /** In ranges of the siblings: what a start may exceed them by. */
  private static final double START_RANGES = 14;

  /** A start that strays by more may be a finding, and says nothing of starts. */
  private static final double BELIEVED = 0.5;

  private final int at;

  /**
   * @param at where this part of a row begins
   */
  Upbringing(int at) {
    this.at = at;
  }

  /** Begins the youth of a series whose siblings' values lie between these. */
  void begin(Row row, double low, double high, long time) {
    long grown = Math.floorDiv(time, MILLIS) + YOUTH_SECONDS;
    row.setFloat(at + LOW, low);
    row.setFloat(at + HIGH, high);
    row.setInt(at + GROWN, (int) Math.max(1, Math.min(LAST_SECOND, grown)));
  }

  /** Knows of how one more sibling started. */
  void join(Row row, Row sibling) {
    row.setFloat(at + START, Math.max(row.getFloat(at + START), sibling.getFloat(at + START)));
  }

  /** Whether the series started from its siblings. */
  boolean hasSiblings(Row row) {
    return row.getInt(at + GROWN) != 0;
  }

  /** Whether the series has just been started, so that its values say little of it. */
  boolean starts(Row row, long time) {
    return hasSiblings(row) && time < (grown(row) - YOUTH_SECONDS + START_SECONDS) * MILLIS;
  }

  /** Learns how far a start goes, unless that may be a finding. */
  void learnStart(Row row, long time, double value) {
    double size = isNegative(row) ? -value : value;
    if (strays(row, time, size) < BELIEVED) {
      row.setFloat(at + START, Math.max(row.getFloat(at + START), Math.abs(value)));
    }
  }

  /** Whether a young series does less than all of its siblings, as what is cold does. */
  boolean isCold(Row row, long time, double value) {
    double size = isNegative(row) ? -value : value;
    return time < grown(row) * MILLIS && least(row) >= 0 && size < least(row);
  }

  /** Whether a value lies where siblings' do. */
  boolean holds(Row row, double value) {
    return value >= row.getFloat(at + LOW) && value <= row.getFloat(at + HIGH);
  }

  /**
   * The score, or less where siblings say so.
   *
   * @param settled whether the series has its own level yet
   */
  double limited(Row row, long time, double value, double score, boolean settled) {
    if (time >= grown(row) * MILLIS) {
      return score;
    }
    if (settled && isCold(row, time, value)) {
      return score;
    }
    return Math.min(score, strays(row, time, isNegative(row) ? -value : value));
  }

  /** How far a value lies outside a range that holds zero. */
  private double strays(Row row, long time, double size) {
    boolean start = starts(row, time);
    double least = Math.min(0, least(row));
    double most = isNegative(row) ? -row.getFloat(at + LOW) : row.getFloat(at + HIGH);
    double known = start ? Math.max(most, row.getFloat(at + START)) : most;
    double outside = Math.max(0, Math.max(size - known, least - size));
    return outside == 0 ? 0 : outside / ((start ? START_RANGES : 1) * (most - least));
  }

  /** Whether siblings' values lie below zero: then all is judged with the sign turned. */
  private boolean isNegative(Row row) {
    return row.getFloat(at + LOW) < 0 && row.getFloat(at + HIGH) <= 0;
  }

  private double least(Row row) {
    return isNegative(row) ? -row.getFloat(at + HIGH) : row.getFloat(at + LOW);
  }

  private long grown(Row row) {
    return Integer.toUnsignedLong(row.getInt(at + GROWN));
  }
}
