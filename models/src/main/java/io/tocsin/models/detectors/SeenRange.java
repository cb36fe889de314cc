// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * How far a value lies outside all that was seen of its series, in terms of how far its values
 * usually lie from the level of days. Whatever a series does often is inside; to leave the range
 * altogether is rare, however heavy its tail is. The range is widened by every value, also by those
 * of a finding, and forgets slowly.
 *
 * <p>Holds offsets; what is learned lies in the row.
 */
final class SeenRange {
  private static final int LOW = 0;
  private static final int HIGH = 4;

  /** Mean distance from the level of days. */
  private static final int SPREAD = 8;

  static final int BYTES = 12;

  /** A whole day must have been seen, and so many values, before leaving their range says much. */
  private static final long LEAST_AGE_MILLIS = 24 * 3_600_000;

  private static final int LEAST_SAMPLES = 100;

  /** Of the range: what a value must leave it by. */
  private static final double MARGIN = 0.02;

  /** The score of what has just left the range, and what it grows by for each factor of e. */
  private static final double LEFT = 0.8;

  private static final double PER_FOLD = 0.3;

  /** The same in parts of the range: where it is wide already, a little more is no news. */
  private static final double LEFT_A_WIDE_ONE = 0.91;

  private static final double SPREAD_RATE = 0.001;

  /** Up to so many values the spread is their mean. */
  private static final int YOUNG = 1000;

  private static final double MEMORY_MILLIS = 90 * 86_400_000.0;

  /** In least scales: by no single value is the range widened more. */
  private static final double FAR = 1000;

  /** Of the range: the least scale, where that of the usual values is less. */
  private static final double LEAST_SCALE = 0.03;

  private final int at;

  SeenRange(int at) {
    this.at = at;
  }

  void begin(Row row, double value) {
    row.setFloat(at + LOW, value);
    row.setFloat(at + HIGH, value);
  }

  /** Starts from what an earlier layout of rows knew of the range. */
  void begin(Row row, double low, double high, double spread) {
    row.setFloat(at + LOW, low);
    row.setFloat(at + HIGH, high);
    row.setFloat(at + SPREAD, spread);
  }

  /**
   * Where 1 is a surprise.
   *
   * @param born when the series was first seen, ms since the epoch
   */
  double score(Row row, double value, long born, Sample sample) {
    double outside = outside(row, value);
    double range = high(row) - low(row);
    if (!(outside > MARGIN * range)
        || row.getInt(Levels.COUNT) < LEAST_SAMPLES
        || sample.time - born < LEAST_AGE_MILLIS) {
      return 0;
    }
    double spread = Math.max(row.getFloat(at + SPREAD), sample.floor);
    double far = LEFT + PER_FOLD * Math.log1p(outside / spread);
    return Math.min(far, LEFT_A_WIDE_ONE * (1 + outside / Math.max(range, sample.floor)));
  }

  /** How far the value lies outside; negative within. */
  double outside(Row row, double value) {
    return Math.max(low(row) - value, value - high(row));
  }

  double low(Row row) {
    return row.getFloat(at + LOW);
  }

  double high(Row row) {
    return row.getFloat(at + HIGH);
  }

  void learn(Row row, double value, Sample sample) {
    if (sample.hour > sample.lastHour) {
      fade(row, sample);
    }
    double low = low(row);
    double high = high(row);
    double usual = row.getDouble(Levels.SLOW);
    double most = FAR * Math.max(sample.floor, LEAST_SCALE * (high - low));
    // Of a series that was always zero, no value tells what is absurd.
    most = row.getFloat(Levels.SIZE) > 0 ? most : Double.MAX_VALUE;
    row.setFloat(at + LOW, Math.min(low, Math.max(value, low - most)));
    row.setFloat(at + HIGH, Math.max(high, Math.min(value, high + most)));
    double spread = row.getFloat(at + SPREAD);
    int count = row.getInt(Levels.COUNT);
    double rate = count < YOUNG ? 1.0 / (count + 1) : SPREAD_RATE;
    double distance = Math.min(Math.abs(value - usual), most);
    row.setFloat(at + SPREAD, spread + rate * (distance - spread));
  }

  /** Forgets a little, once an hour: in single samples floats would lose it. */
  private void fade(Row row, Sample sample) {
    double millis = (double) (sample.hour - sample.lastHour) * HourProfile.MILLIS;
    double part = millis / (millis + MEMORY_MILLIS);
    double usual = row.getDouble(Levels.SLOW);
    row.setFloat(at + LOW, low(row) + part * Math.max(0, usual - low(row)));
    row.setFloat(at + HIGH, high(row) - part * Math.max(0, high(row) - usual));
  }

  /** Starts as wide as a sibling's. */
  void inherit(Row row, Row sibling) {
    begin(row, low(sibling), high(sibling), sibling.getFloat(at + SPREAD));
  }

  /** Widens what was inherited so that it holds another's. */
  void join(Row row, Row other) {
    row.setFloat(at + LOW, Math.min(low(row), low(other)));
    row.setFloat(at + HIGH, Math.max(high(row), high(other)));
    row.setFloat(at + SPREAD, Math.max(row.getFloat(at + SPREAD), other.getFloat(at + SPREAD)));
  }
}
