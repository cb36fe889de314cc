// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HourProfileTest {
  private static final long HOUR = 3_600_000;

  /** Any hour: a thousand weeks after the epoch. */
  private static final long START = 1000 * 168;

  private static final long MIDDLE = START * HOUR + HOUR / 2;

  private final Row profile = fresh();

  @Test
  void aFreshProfileSaysNothing() {
    for (long hour = 0; hour < 168; hour++) {
      assertThat(HourProfile.ofDay(profile, at(hour * HOUR))).isNaN();
      assertThat(HourProfile.ofWeek(profile, at(hour * HOUR))).isNaN();
    }
  }

  @Test
  void valuesAreRoundedToTheNearestOfSixteenBits() {
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      double value = Math.copySign(Math.exp(random.nextGaussian() * 20), random.nextGaussian());
      Row one = fresh();
      HourProfile.learn(one, START, value, 1);
      HourProfile.learn(one, START + 1, value, 1);
      assertThat(HourProfile.ofDay(one, at(MIDDLE)))
          .isCloseTo(value, within(Math.abs(value) / 256));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, 1.0, -1.0, 0.5, -1e36, 1e36, 1e-40, -3.0e-45, 65536.0})
  void edgesAreKeptAndNeverTakenForUnseen(double value) {
    learn(START, value);
    learn(START + 1, value);

    assertThat(HourProfile.ofWeek(profile, at(MIDDLE)))
        .isCloseTo(value, within(Math.max(Math.abs(value) / 256, 1e-40)));
  }

  @Test
  void betweenTheMiddlesOfTwoHoursTheProfileIsAStraightLine() {
    learn(START, 10);
    learn(START + 1, 20);
    learn(START + 2, 20);

    assertThat(HourProfile.ofDay(profile, at(MIDDLE))).isEqualTo(10);
    assertThat(HourProfile.ofDay(profile, at(MIDDLE + HOUR / 4))).isEqualTo(12.5);
    assertThat(HourProfile.ofDay(profile, at(MIDDLE + HOUR / 2))).isEqualTo(15);
    assertThat(HourProfile.ofDay(profile, at(MIDDLE + HOUR))).isEqualTo(20);
    assertThat(HourProfile.ofWeek(profile, at(MIDDLE + HOUR / 4))).isEqualTo(12.5);
  }

  @Test
  void nothingIsSaidFromOneHourWhoseNeighbourIsUnseen() {
    learn(START, 10);
    for (long part = -HOUR; part <= HOUR; part += HOUR / 4) {
      assertThat(HourProfile.ofDay(profile, at(MIDDLE + part))).isNaN();
      assertThat(HourProfile.ofWeek(profile, at(MIDDLE + part))).isNaN();
    }

    learn(START + 1, 10);
    assertThat(HourProfile.ofDay(profile, at(MIDDLE - 1))).isNaN();
    assertThat(HourProfile.ofDay(profile, at(MIDDLE))).isEqualTo(10);
    assertThat(HourProfile.ofDay(profile, at(MIDDLE + HOUR - 1))).isEqualTo(10);
    assertThat(HourProfile.ofDay(profile, at(MIDDLE + HOUR))).isNaN();
  }

  @Test
  void whatANeighbouringHourSaysIsNoDistance() {
    learn(START - 2, 0);
    learn(START - 1, 10);
    learn(START, 50);
    learn(START + 1, 30);
    learn(START + 2, 100);
    long time = START * HOUR + HOUR / 3;

    for (boolean week : new boolean[] {false, true}) {
      assertThat(HourProfile.distance(profile, at(time), week, 10)).isZero();
      assertThat(HourProfile.distance(profile, at(time), week, 42)).isZero();
      assertThat(HourProfile.distance(profile, at(time), week, 50)).isZero();
      assertThat(HourProfile.distance(profile, at(time), week, 57)).isEqualTo(7);
      assertThat(HourProfile.distance(profile, at(time), week, 1)).isEqualTo(9);
      assertThat(HourProfile.distance(profile, at(time), week, -5)).isEqualTo(15);
    }
  }

  @Test
  void theHourOfTheDayComesEveryDayAndThatOfTheWeekEveryWeek() {
    learn(START, 7);
    learn(START + 1, 7);

    assertThat(HourProfile.ofDay(profile, at(MIDDLE + 24 * 3 * HOUR))).isEqualTo(7);
    assertThat(HourProfile.ofWeek(profile, at(MIDDLE + 24 * 3 * HOUR))).isNaN();
    assertThat(HourProfile.ofWeek(profile, at(MIDDLE + 168 * HOUR))).isEqualTo(7);
    assertThat(HourProfile.ofDay(profile, at(MIDDLE - 24 * 50_000 * HOUR))).isEqualTo(7);
  }

  @Test
  void laterDaysMoveAnHourAndAreForgottenInTurn() {
    for (long hour = START; hour <= START + 1; hour++) {
      HourProfile.learn(profile, hour, 100, 0.25);
      HourProfile.learn(profile, hour + 168, 200, 0.25);
    }

    assertThat(HourProfile.ofDay(profile, at(MIDDLE))).isEqualTo(125);
    assertThat(HourProfile.ofWeek(profile, at(MIDDLE))).isEqualTo(125);
  }

  private void learn(long hour, double mean) {
    HourProfile.learn(profile, hour, mean, 1);
  }

  private static Row fresh() {
    RowPages rows = new RowPages(HourProfile.BYTES);
    Row row = new Row();
    rows.read(rows.add(), row);
    return row;
  }

  private static HourProfile.Moment at(long time) {
    return new HourProfile.Moment().move(time);
  }
}
