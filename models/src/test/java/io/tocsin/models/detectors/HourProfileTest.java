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
      learn(START + i * 24L * 7 * 30, value);
      Row one = fresh();
      HourProfile.learn(one, START, value, 1);
      assertThat(HourProfile.ofDay(one, at(START * HOUR)))
          .isCloseTo(value, within(Math.abs(value) / 256));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, 1.0, -1.0, 0.5, -1e36, 1e36, 1e-40, -3.0e-45, 65536.0})
  void edgesAreKeptAndNeverTakenForUnseen(double value) {
    learn(START, value);

    assertThat(HourProfile.ofWeek(profile, at(START * HOUR)))
        .isCloseTo(value, within(Math.max(Math.abs(value) / 256, 1e-40)));
  }

  @Test
  void betweenTheMiddlesOfTwoHoursTheProfileIsAStraightLine() {
    learn(START, 10);
    learn(START + 1, 20);
    long middle = START * HOUR + HOUR / 2;

    assertThat(HourProfile.ofDay(profile, at(middle))).isEqualTo(10);
    assertThat(HourProfile.ofDay(profile, at(middle + HOUR / 4))).isEqualTo(12.5);
    assertThat(HourProfile.ofDay(profile, at(middle + HOUR / 2))).isEqualTo(15);
    assertThat(HourProfile.ofDay(profile, at(middle + HOUR))).isEqualTo(20);
    assertThat(HourProfile.ofWeek(profile, at(middle + HOUR / 4))).isEqualTo(12.5);
  }

  @Test
  void anUnseenNeighbourLeavesTheSeenOne() {
    learn(START, 10);

    assertThat(HourProfile.ofDay(profile, at(START * HOUR))).isEqualTo(10);
    assertThat(HourProfile.ofDay(profile, at(START * HOUR + HOUR - 1))).isEqualTo(10);
    assertThat(HourProfile.ofDay(profile, at((START - 2) * HOUR))).isNaN();
    assertThat(HourProfile.ofDay(profile, at((START + 2) * HOUR))).isNaN();
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

    assertThat(HourProfile.ofDay(profile, at((START + 24 * 3) * HOUR))).isEqualTo(7);
    assertThat(HourProfile.ofWeek(profile, at((START + 24 * 3) * HOUR))).isNaN();
    assertThat(HourProfile.ofWeek(profile, at((START + 168) * HOUR))).isEqualTo(7);
    assertThat(HourProfile.ofDay(profile, at((START - 24 * 50_000) * HOUR))).isEqualTo(7);
  }

  @Test
  void laterDaysMoveAnHourAndAreForgottenInTurn() {
    HourProfile.learn(profile, START, 100, 0.25);
    HourProfile.learn(profile, START + 168, 200, 0.25);

    assertThat(HourProfile.ofDay(profile, at(START * HOUR))).isEqualTo(125);
    assertThat(HourProfile.ofWeek(profile, at(START * HOUR))).isEqualTo(125);
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
