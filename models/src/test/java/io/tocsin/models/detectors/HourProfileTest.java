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
      assertThat(at(profile, hour * HOUR).ofDay()).isNaN();
      assertThat(at(profile, hour * HOUR).ofWeek()).isNaN();
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
      assertThat(at(one, MIDDLE).ofDay()).isCloseTo(value, within(Math.abs(value) / 256));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, 1.0, -1.0, 0.5, -1e36, 1e36, 1e-40, -3.0e-45, 65536.0})
  void edgesAreKeptAndNeverTakenForUnseen(double value) {
    learn(START, value);
    learn(START + 1, value);

    assertThat(at(profile, MIDDLE).ofWeek())
        .isCloseTo(value, within(Math.max(Math.abs(value) / 256, 1e-40)));
  }

  @Test
  void betweenTheMiddlesOfTwoHoursTheProfileIsAStraightLine() {
    learn(START, 10);
    learn(START + 1, 20);
    learn(START + 2, 20);

    assertThat(at(profile, MIDDLE).ofDay()).isEqualTo(10);
    assertThat(at(profile, MIDDLE + HOUR / 4).ofDay()).isEqualTo(12.5);
    assertThat(at(profile, MIDDLE + HOUR / 2).ofDay()).isEqualTo(15);
    assertThat(at(profile, MIDDLE + HOUR).ofDay()).isEqualTo(20);
    assertThat(at(profile, MIDDLE + HOUR / 4).ofWeek()).isEqualTo(12.5);
  }

  @Test
  void nothingIsSaidFromOneHourWhoseNeighbourIsUnseen() {
    learn(START, 10);
    for (long part = -HOUR; part <= HOUR; part += HOUR / 4) {
      assertThat(at(profile, MIDDLE + part).ofDay()).isNaN();
      assertThat(at(profile, MIDDLE + part).ofWeek()).isNaN();
    }

    learn(START + 1, 10);
    assertThat(at(profile, MIDDLE - 1).ofDay()).isNaN();
    assertThat(at(profile, MIDDLE).ofDay()).isEqualTo(10);
    assertThat(at(profile, MIDDLE + HOUR - 1).ofDay()).isEqualTo(10);
    assertThat(at(profile, MIDDLE + HOUR).ofDay()).isNaN();
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
      assertThat(at(profile, time).distance(week, 10)).isZero();
      assertThat(at(profile, time).distance(week, 42)).isZero();
      assertThat(at(profile, time).distance(week, 50)).isZero();
      assertThat(at(profile, time).distance(week, 57)).isEqualTo(7);
      assertThat(at(profile, time).distance(week, 1)).isEqualTo(9);
      assertThat(at(profile, time).distance(week, -5)).isEqualTo(15);
    }
  }

  @Test
  void theHourOfTheDayComesEveryDayAndThatOfTheWeekEveryWeek() {
    learn(START, 7);
    learn(START + 1, 7);

    assertThat(at(profile, MIDDLE + 24 * 3 * HOUR).ofDay()).isEqualTo(7);
    assertThat(at(profile, MIDDLE + 24 * 3 * HOUR).ofWeek()).isNaN();
    assertThat(at(profile, MIDDLE + 168 * HOUR).ofWeek()).isEqualTo(7);
    assertThat(at(profile, MIDDLE - 24 * 50_000 * HOUR).ofDay()).isEqualTo(7);
  }

  @Test
  void laterDaysMoveAnHourAndAreForgottenInTurn() {
    for (long hour = START; hour <= START + 1; hour++) {
      HourProfile.learn(profile, hour, 100, 0.25);
      HourProfile.learn(profile, hour + 168, 200, 0.25);
    }

    assertThat(at(profile, MIDDLE).ofDay()).isEqualTo(125);
    assertThat(at(profile, MIDDLE).ofWeek()).isEqualTo(125);
  }

  @Test
  void whatIsKeptInTheRowSaysTheSameUntilTheHourIsOver() {
    for (long hour = START - 2; hour < START + 4; hour++) {
      learn(hour, 10.0 * (hour - START));
    }
    Row row = fresh(HoursAround.BYTES);
    HoursAround kept = new HoursAround(0);
    kept.keep(row, profile, START);
    Row other = fresh();

    for (long time = START * HOUR; time < (START + 1) * HOUR; time += HOUR / 6) {
      assertThat(kept.move(row, other, time).ofDay()).isEqualTo(at(profile, time).ofDay());
      assertThat(kept.ofWeek()).isEqualTo(at(profile, time).ofWeek());
      assertThat(kept.distance(true, 99)).isEqualTo(at(profile, time).distance(true, 99));
    }
    assertThat(kept.move(row, other, (START + 1) * HOUR).ofDay()).isNaN();
    kept.drop(row);
    assertThat(kept.move(row, other, MIDDLE).ofDay()).isNaN();
  }

  private void learn(long hour, double mean) {
    HourProfile.learn(profile, hour, mean, 1);
  }

  private static Row fresh() {
    return fresh(HourProfile.BYTES);
  }

  private static Row fresh(int bytes) {
    RowPages rows = new RowPages(bytes);
    Row row = new Row();
    rows.read(rows.add(), row);
    return row;
  }

  private static HoursAround at(Row profile, long time) {
    return new HoursAround(0).move(fresh(HoursAround.BYTES), profile, time);
  }
}
