// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * Predicts the usual of the hour: of the week where that has predicted better, else of the day
 * (prequential skill: each is judged by what it missed before it learned). The mean of an hour goes
 * into the profile when the next one is over, so that no prediction lies between an hour of today
 * and one of yesterday; a value far off is taken in as if it were nearer, so that an incident does
 * not become the usual of its hour.
 */
final class Rhythm {
  private static final int HOUR_MEAN = 0;
  private static final int HOUR_SAMPLES = 8;
  private static final int SEEN = 12;
  private static final int DAY_ERROR = 16;
  private static final int WEEK_ERROR = 20;
  private static final int ERROR = 24;

  /** Mean of the hour before the one under way. */
  private static final int BEFORE = 28;

  /** Whether that is to be learned, one byte. */
  private static final int PENDING = 36;

  static final int BYTES = 40;

  private static final double PROFILE_RATE = 0.3;
  private static final double LEAST_RATE = 0.001;
  private static final int MANY = 1000;
  private static final int FIRST = 30;
  private static final double ERROR_CLIP = 5;
  private static final double CLIP = 4;
  private static final double LEAK = 0.05;

  private final BandSettings settings;
  private final boolean usesWeek;
  private final int at;
  private final HoursAround around;

  /**
   * @param at where its part of the row begins
   * @param aroundAt where {@link HoursAround} begins
   */
  Rhythm(BandSettings settings, int at, int aroundAt) {
    this.settings = settings;
    this.usesWeek = settings.uses(Part.WEEK);
    this.at = at;
    this.around = new HoursAround(aroundAt);
  }

  /** What is usual at this time, or NaN where nothing is known of it. */
  double predict(Row row, Row profile, long time) {
    around.move(row, profile, time);
    return usesWeek(row) ? around.ofWeek() : around.ofDay();
  }

  private boolean usesWeek(Row row) {
    double week = row.getFloat(at + WEEK_ERROR);
    return week > 0 && usesWeek && week < settings.profileSkill() * row.getFloat(at + DAY_ERROR);
  }

  /**
   * The deviation from the prediction, or 0 where the hour before or after would explain the value:
   * a rhythm that is late or early (daylight saving, a batch) is the same rhythm.
   */
  double residual(Row row, double predicted, double value) {
    double outside = around.distance(usesWeek(row), value);
    return Math.copySign(Math.min(outside, Math.abs(value - predicted)), value - predicted);
  }

  /**
   * Learns a value, and the hour before when it is over.
   *
   * @param predicted what was usual, as {@link #predict} said just now
   */
  void learn(Row row, Row profile, double predicted, double value, Sample sample) {
    if (sample.hour != sample.lastHour) {
      turnHour(row, profile, sample);
      around.keep(row, profile, sample.hour);
      compared(row, predict(row, profile, sample.time), value);
    } else {
      compared(row, predicted, value);
    }
  }

  private void compared(Row row, double predicted, double value) {
    gather(row, Double.isNaN(predicted) ? value : compare(row, predicted, value));
  }

  private void turnHour(Row row, Row profile, Sample sample) {
    if (row.getByte(at + PENDING) != 0) {
      HourProfile.learn(profile, sample.lastHour - 1, row.getDouble(at + BEFORE), PROFILE_RATE);
    }
    boolean pending = row.getInt(at + HOUR_SAMPLES) > 0;
    if (pending && sample.hour > sample.lastHour + 1) {
      HourProfile.learn(profile, sample.lastHour, row.getDouble(at + HOUR_MEAN), PROFILE_RATE);
      pending = false;
    }
    row.setByte(at + PENDING, (byte) (pending ? 1 : 0));
    row.setDouble(at + BEFORE, row.getDouble(at + HOUR_MEAN));
    row.setInt(at + HOUR_SAMPLES, 0);
  }

  /** Learns the errors; gives the value as it is to be learned. */
  private double compare(Row row, double predicted, double value) {
    int seen = row.getInt(at + SEEN) + 1;
    double rate = seen < MANY ? 1.0 / seen : LEAST_RATE;
    row.setInt(at + SEEN, seen == Integer.MAX_VALUE ? seen - 1 : seen);
    double day = around.ofDay();
    if (!Double.isNaN(day)) {
      learnError(row, DAY_ERROR, Math.abs(value - day), rate, seen);
    }
    double week = around.ofWeek();
    // Until both tell different things, weeks have nothing to show.
    if (!Double.isNaN(week) && week != day) {
      if (row.getFloat(at + WEEK_ERROR) == 0) {
        row.setFloat(at + WEEK_ERROR, 2 * (double) row.getFloat(at + DAY_ERROR));
      }
      learnError(row, WEEK_ERROR, Math.abs(value - week), Math.min(rate, 0.01), seen);
    }
    double miss = value - predicted;
    learnError(row, ERROR, Math.abs(miss), rate, seen);
    double most = CLIP * row.getFloat(at + ERROR);
    double size = Math.abs(miss);
    return seen < FIRST || size <= most
        ? value
        : predicted + Math.copySign(most + LEAK * (size - most), miss);
  }

  private void learnError(Row row, int field, double miss, double rate, int seen) {
    double error = row.getFloat(at + field);
    double believed = seen < FIRST ? miss : Math.min(miss, ERROR_CLIP * error);
    row.setFloat(at + field, error + rate * (believed - error));
  }

  private void gather(Row row, double value) {
    int samples = row.getInt(at + HOUR_SAMPLES) + 1;
    double mean = samples == 1 ? value : row.getDouble(at + HOUR_MEAN);
    row.setDouble(at + HOUR_MEAN, mean + (value - mean) / samples);
    row.setInt(at + HOUR_SAMPLES, samples);
  }

  /** Moves all that is usual, so that this value is what is usual now. */
  void rebase(Row row, Row profile, long time, double value) {
    double usual = predict(row, profile, time);
    if (!Double.isNaN(usual)) {
      HourProfile.shift(profile, value - usual);
      around.keep(row, profile, HourProfile.hour(time));
    }
  }

  /** Forgets the hour under way, of which a series that starts has seen nothing. */
  void startHour(Row row) {
    row.setInt(at + HOUR_SAMPLES, 0);
    row.setByte(at + PENDING, (byte) 0);
    around.drop(row);
  }
}
