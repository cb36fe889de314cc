// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.rows.Row;

/**
 * What a confirmed finding is held by: the value that was expected when it began. It lasts while
 * the value stays on the far side of half the way back, whatever the detector has come to expect
 * meanwhile. Also remembers how often findings of about the same size were confirmed.
 */
final class Hold {
  private static final int REFERENCE = 0;
  private static final int EDGE = 8;
  private static final int DEVIATION = 12;
  private static final int PENDING = 16;
  private static final int SIZES = 20;

  /** Sizes within a factor of two are one class; the classes wrap around after a factor of 256. */
  private static final int CLASSES = 8;

  static final int BYTES = SIZES + 2 * CLASSES;

  private static final int MOST = 255;

  private final double part;
  private final int at;

  Hold(double part, int at) {
    this.part = part;
    this.at = at;
  }

  /** Remembers a score that is to be confirmed; 0 for none. */
  void pend(Row row, double score) {
    row.setFloat(at + PENDING, score);
  }

  double pending(Row row) {
    return row.getFloat(at + PENDING);
  }

  /** Notes from what a finding deviates. */
  void begin(Row row, double expected, double value) {
    double deviation = Math.abs(value - expected);
    row.setDouble(at + REFERENCE, expected);
    row.setFloat(at + DEVIATION, deviation);
    row.setFloat(at + EDGE, part * deviation);
  }

  /** The deviation has become worse: the way back is longer. */
  void worsen(Row row, double value) {
    double deviation = Math.abs(value - row.getDouble(at + REFERENCE));
    row.setFloat(at + EDGE, Math.max(row.getFloat(at + EDGE), part * deviation));
  }

  /** Whether a value still deviates; one that stands still does until it moves. */
  boolean lasts(Row row, double value, Direction direction) {
    double beyond = beyond(row, value, direction);
    return standsStill(row) ? beyond == 0 : beyond >= row.getFloat(at + EDGE);
  }

  /** Whether the finding is that nothing moves: then only a move ends it. */
  boolean standsStill(Row row) {
    return row.getFloat(at + EDGE) == 0;
  }

  /** Whether a value is near to what was expected. */
  boolean isNear(Row row, double value) {
    return Math.abs(value - row.getDouble(at + REFERENCE)) <= row.getFloat(at + EDGE);
  }

  /** The deviation in terms of that at the beginning. */
  double ratio(Row row, double value, Direction direction) {
    double first = row.getFloat(at + DEVIATION);
    return first > 0 ? beyond(row, value, direction) / first : 1;
  }

  private double beyond(Row row, double value, Direction direction) {
    double beyond = value - row.getDouble(at + REFERENCE);
    return direction == Direction.UP ? beyond : -beyond;
  }

  /** The value that was expected when the finding began. */
  double reference(Row row) {
    return row.getDouble(at + REFERENCE);
  }

  /** Counts a confirmed finding; gives how many of about its size were counted before. */
  int count(Row row, Direction direction) {
    int size = Math.floorMod(Math.getExponent(row.getFloat(at + DEVIATION)), CLASSES);
    int side = direction == Direction.UP ? 0 : CLASSES;
    int field = at + SIZES + side + size;
    int before = row.getByte(field) & MOST;
    row.setByte(field, (byte) Math.min(MOST, before + 1));
    int below = at + SIZES + side + Math.floorMod(size - 1, CLASSES);
    int above = at + SIZES + side + Math.floorMod(size + 1, CLASSES);
    return before + (row.getByte(below) & MOST) + (row.getByte(above) & MOST);
  }
}
