// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * Where a series has been: its last value, the level of the last few, the means of the last hours
 * and of the last days, the usual size of its values, and their range.
 *
 * <p>No value, however absurd, is learned beyond some scales of what is known, so that a lasting
 * change is learned after all, and a lone one is not. Holds settings; what is learned lies at the
 * beginning of the row.
 */
final class Levels {
  static final int COUNT = 0;
  static final int INTERVAL = 4;
  static final int LAST_TIME = 8;
  static final int LAST = 16;
  static final int LEVEL = 24;
  static final int FAST = 32;
  static final int SLOW = 40;
  static final int SIZE = 48;
  static final int LOW = 52;
  static final int HIGH = 56;
  static final int BYTES = 60;

  private static final double INTERVAL_RATE = 0.01;
  private static final double MOST_INTERVALS = 4;
  private static final double GAP_INTERVALS = 10;
  private static final double DRIFT_INTERVALS = 12;

  /** The mean of days remembers so many times as long as that of hours. */
  private static final double SLOWER = 8;

  private static final double SIZE_RATE = 0.001;

  /** Of the usual size of the values: the least scale of a residual. */
  private static final double LEAST_SCALE = 0.03;

  /** In usual sizes of the values: a residual beyond is an artefact. */
  private static final double ABSURD = 1e5;

  /** In least scales: how far off a value is believed. */
  private static final double FAR = 1000;

  /** Smaller deviations get lost in floats, and are none. */
  static final double LEAST = 1e-30;

  /** Beyond it, numbers are taken for this one: their differences still fit into floats. */
  private static final double MOST = 1e36;

  private final double levelRate;
  private final double habitMillis;
  private final double driftMillis;
  private final double rangeMillis;

  Levels(BandSettings settings) {
    levelRate = 1.0 / settings.levelSamples();
    habitMillis = settings.habit().toMillis() / Math.log(2);
    driftMillis = settings.drift().toMillis();
    rangeMillis = settings.rangeMemory().toMillis();
  }

  /** The value, or the nearest one that can be reckoned with. */
  static double bounded(double value) {
    return Math.max(-MOST, Math.min(MOST, value));
  }

  /** Sets all of the cursor for a sample at this time. */
  void move(Row row, long time, Sample sample) {
    long last = row.getLong(LAST_TIME);
    sample.time = time;
    sample.elapsed = Math.max(0, time - last);
    double interval = row.getFloat(INTERVAL);
    double believed = Math.min(sample.elapsed, MOST_INTERVALS * interval);
    sample.interval =
        interval == 0 ? sample.elapsed : interval + INTERVAL_RATE * (believed - interval);
    sample.hour = HourProfile.hour(time);
    sample.lastHour = HourProfile.hour(last);
    sample.habit = habit(sample.elapsed);
    sample.young = young(row);
    sample.hourRate = Math.max(rate(hourMillis(sample), sample), sample.young);
    double size = row.getFloat(SIZE);
    sample.floor = LEAST_SCALE * size + LEAST;
    sample.absurd = size > 0 ? ABSURD * size : Double.MAX_VALUE;
  }

  /** What is left of a habit after so many ms. */
  double habit(double elapsed) {
    return Math.max(0, 1 - elapsed / habitMillis);
  }

  /** Whether the series was silent for so long that its last values say little. */
  static boolean isGap(Sample sample) {
    return sample.elapsed > GAP_INTERVALS * sample.interval;
  }

  /** The mean of the last hours when this value is one of theirs. */
  double hours(Row row, double value, Sample sample) {
    return row.getDouble(FAST) + sample.hourRate * (value - row.getDouble(FAST));
  }

  void begin(Row row, long time, double value) {
    setAll(row, value);
    row.setFloat(SIZE, Math.abs(value));
    row.setFloat(LOW, value);
    row.setFloat(HIGH, value);
    row.setLong(LAST_TIME, time);
    row.setInt(COUNT, 1);
  }

  /** Makes a value the level of the last samples and of the last days. */
  static void setAll(Row row, double value) {
    for (int field : new int[] {LAST, LEVEL, FAST, SLOW}) {
      row.setDouble(field, value);
    }
  }

  /** Moves all levels, so that a value is the level of the last few. */
  static void rebase(Row row, double value) {
    double shift = value - row.getDouble(LEVEL);
    for (int field : new int[] {LEVEL, FAST, SLOW}) {
      row.setDouble(field, bounded(row.getDouble(field) + shift));
    }
  }

  /**
   * Learns a value.
   *
   * @param weight how much of it the slow ones learn
   */
  void learn(Row row, double value, double weight, Sample sample) {
    learnRange(row, value, weight, sample);
    double young = sample.young;
    double level = Math.max(levelRate, young) * weight;
    double near = near(row, value, sample);
    step(row, LEVEL, near, isGap(sample) ? 1 : level);
    step(row, FAST, near, sample.hourRate);
    step(row, SLOW, near, Math.max(rate(SLOWER * hourMillis(sample), sample), young) * weight);
    double size = row.getFloat(SIZE);
    // No single value, however absurd, makes all others small.
    double believed = size > 0 ? Math.min(Math.abs(value), FAR * size) : Math.abs(value);
    row.setFloat(SIZE, size + Math.max(SIZE_RATE, young) * (believed - size));
    row.setDouble(LAST, value);
    row.setFloat(INTERVAL, sample.interval);
    row.setInt(COUNT, (int) Math.min(Integer.MAX_VALUE, row.getInt(COUNT) + 1L));
    row.setLong(LAST_TIME, sample.time);
  }

  /** A value widens the range at once, and its memory fades towards the level of days. */
  private void learnRange(Row row, double value, double weight, Sample sample) {
    double fade = rate(rangeMillis, sample);
    double usual = row.getDouble(SLOW);
    double low = row.getFloat(LOW);
    double high = row.getFloat(HIGH);
    low += fade * Math.max(0, usual - low);
    high -= fade * Math.max(0, high - usual);
    double most = far(row, sample);
    row.setFloat(LOW, value < low ? low - weight * Math.min(most, low - value) : low);
    row.setFloat(HIGH, value > high ? high + weight * Math.min(most, value - high) : high);
  }

  /** No single value, however absurd, takes the levels so far that they are long in coming back. */
  private static double near(Row row, double value, Sample sample) {
    double level = row.getDouble(LEVEL);
    double most = far(row, sample);
    return Math.max(level - most, Math.min(level + most, value));
  }

  /** How far off a value is believed; of a series that was always zero, every one is. */
  private static double far(Row row, Sample sample) {
    return row.getFloat(SIZE) > 0 ? FAR * sample.floor : MOST;
  }

  private static double young(Row row) {
    return 1.0 / (row.getInt(COUNT) + 1);
  }

  private double hourMillis(Sample sample) {
    return Math.max(driftMillis, DRIFT_INTERVALS * sample.interval);
  }

  /** Weight of a value in a mean that remembers so long. */
  private static double rate(double millis, Sample sample) {
    return sample.elapsed / (sample.elapsed + millis);
  }

  private static void step(Row row, int field, double value, double rate) {
    double level = row.getDouble(field);
    row.setDouble(field, level + rate * (value - level));
  }
}
