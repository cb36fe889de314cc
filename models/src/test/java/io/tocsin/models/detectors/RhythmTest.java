// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class RhythmTest {
  private static final BandSettings SETTINGS = BandSettings.DEFAULTS;
  private static final long STEP = 600_000;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  /** A midnight, as the test needs whole days. */
  private static final long START = 20_000 * DAY;

  private final Row row = row(Rhythm.BYTES + HoursAround.BYTES);
  private final Row profile = row(HourProfile.BYTES);
  private final Sample sample = new Sample();
  private Rhythm rhythm = new Rhythm(SETTINGS, 0, Rhythm.BYTES);
  private long time = START;

  @Test
  void nothingIsSaidOfAnHourThatWasNotSeen() {
    assertThat(rhythm.predict(row, profile, START)).isNaN();
    learn(6 * HOUR, RhythmTest::everyDay);

    assertThat(rhythm.predict(row, profile, START + 12 * HOUR)).isNaN();
    assertThat(rhythm.predict(row, profile, START + DAY + 3 * HOUR)).isNotNaN();
  }

  @Test
  void whatComesEveryDayIsPredicted() {
    learn(5 * DAY, RhythmTest::everyDay);

    for (long at = time; at < time + DAY; at += STEP) {
      assertThat(rhythm.predict(row, profile, at)).isCloseTo(everyDay(at), within(4.1));
    }
  }

  @Test
  void aRhythmAnHourLateOrEarlyIsTheSame() {
    learn(5 * DAY, RhythmTest::everyDay);

    for (long at = time; at < time + DAY; at += STEP) {
      assertThat(residual(at, everyDay(at))).isZero();
      assertThat(residual(at, everyDay(at - HOUR))).isZero();
      assertThat(residual(at, everyDay(at + HOUR))).isZero();
    }
    long morning = time + 6 * HOUR;
    assertThat(residual(morning, everyDay(morning - 3 * HOUR))).isLessThan(-10);
    assertThat(residual(morning, everyDay(morning + 3 * HOUR))).isGreaterThan(10);
  }

  @Test
  void theResidualIsNoLargerThanTheDeviation() {
    learn(5 * DAY, RhythmTest::everyDay);

    for (long at = time; at < time + DAY; at += STEP) {
      double predicted = rhythm.predict(row, profile, at);
      assertThat(rhythm.residual(row, predicted, 1000)).isBetween(700.0, 1000 - predicted);
      assertThat(rhythm.residual(row, predicted, -1000)).isBetween(-1000 - predicted, -1000.0);
    }
  }

  @Test
  void whereWeekendsDifferTheHourOfTheWeekPredictsBetterThanThatOfTheDay() {
    Rhythm withoutWeek = new Rhythm(SETTINGS.without(Part.WEEK), 0, Rhythm.BYTES);
    learn(6 * 7 * DAY, RhythmTest::withWeekends);

    double missed = 0;
    double missedWithout = 0;
    for (long at = time; at < time + 7 * DAY; at += STEP) {
      missed += Math.abs(withWeekends(at) - rhythm.predict(row, profile, at));
      missedWithout += Math.abs(withWeekends(at) - withoutWeek.predict(row, profile, at));
    }
    assertThat(missed).isLessThan(missedWithout / 2);
  }

  @Test
  void whereAllDaysAreAlikeTheHourOfTheDayIsEnough() {
    learn(3 * 7 * DAY, RhythmTest::everyDay);
    HoursAround around = new HoursAround(0);
    Row nothing = row(HoursAround.BYTES);

    // One day that is unlike all others moves the hours of its weekday most.
    learn(DAY, at -> everyDay(at) + 20);
    learn(6 * DAY, RhythmTest::everyDay);
    for (long at = time + 2 * HOUR; at < time + 22 * HOUR; at += HOUR) {
      assertThat(rhythm.predict(row, profile, at))
          .isEqualTo(around.move(nothing, profile, at).ofDay())
          .isNotEqualTo(around.ofWeek());
    }
  }

  @Test
  void anIncidentDoesNotBecomeTheUsualOfItsHour() {
    learn(5 * DAY + 9 * HOUR, RhythmTest::everyDay);
    learn(HOUR, at -> 2000);
    learn(14 * HOUR, RhythmTest::everyDay);

    long nextDay = time + 9 * HOUR + HOUR / 2;
    assertThat(residual(nextDay, 2000)).isGreaterThan(1500);
    assertThat(residual(nextDay, everyDay(nextDay))).isGreaterThan(-50);
  }

  @Test
  void aLastingChangeIsLearnedWithTheDays() {
    learn(5 * DAY, RhythmTest::everyDay);
    learn(20 * DAY, at -> 2 * everyDay(at));

    for (long at = time; at < time + DAY; at += STEP) {
      assertThat(rhythm.predict(row, profile, at)).isCloseTo(2 * everyDay(at), within(20.0));
    }
  }

  @Test
  void anHourThatWasForgottenIsNotLearned() {
    Row untouched = row(HourProfile.BYTES);
    learn(HOUR / 2, RhythmTest::everyDay);
    rhythm.startHour(row);
    see(time + HOUR);
    learn(1);

    for (int at = 0; at < HourProfile.BYTES; at += Short.BYTES) {
      assertThat(profile.getShort(at)).isEqualTo(untouched.getShort(at));
    }
  }

  /**
   * Of each hour one value, from 100 at midnight to 196 at noon; what the profile holds exactly.
   */
  private static double everyDay(long at) {
    long hour = Math.floorMod(HourProfile.hour(at), 24);
    return 100 + 8.0 * Math.min(hour, 24 - hour);
  }

  private static double withWeekends(long at) {
    return Math.floorMod(Math.floorDiv(at, DAY), 7) < 5 ? everyDay(at) : 20;
  }

  private double residual(long at, double value) {
    double predicted = rhythm.predict(row, profile, at);
    return rhythm.residual(row, predicted, value);
  }

  private void learn(long duration, LongToDoubleFunction values) {
    for (long end = time + duration; time < end; time += STEP) {
      see(time);
      learn(values.applyAsDouble(time));
    }
  }

  private void learn(double value) {
    rhythm.learn(row, profile, rhythm.predict(row, profile, sample.time), value, sample);
  }

  private void see(long now) {
    sample.time = now;
    sample.elapsed = STEP;
    sample.interval = STEP;
    sample.floor = 1e-9;
    sample.hour = HourProfile.hour(now);
    sample.lastHour = HourProfile.hour(now - STEP);
  }

  private static Row row(int bytes) {
    RowPages rows = new RowPages(bytes);
    Row row = new Row();
    rows.read(rows.add(), row);
    return row;
  }
}
