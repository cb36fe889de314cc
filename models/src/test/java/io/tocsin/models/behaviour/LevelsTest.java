// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

import static io.tocsin.models.behaviour.Shape.level;
import static io.tocsin.models.behaviour.Shape.ramp;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import io.tocsin.models.findings.Direction;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told when a series leaves its level, and what when it does not. */
class LevelsTest {
  private static final String ALL = "io.tocsin.models.behaviour.Way#all";
  private static final String GAUGES = "io.tocsin.models.behaviour.Way#gauges";

  private static final Shape NORMAL = level(100).noise(5);

  /** A lasting change is the new normal after this time at the latest. */
  private static final Duration SETTLED = ofHours(2);

  @ParameterizedTest
  @MethodSource(ALL)
  void noiseIsSilent(Way way) {
    way.script().plays(ofDays(7), NORMAL).told().nothing();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 100, -7.25, 1e6})
  void aConstantWithAJitterOfAMillionthIsSilent(double constant) {
    for (Way way : Way.gauges()) {
      Shape jitter = level(constant).noise(1e-6);
      way.script().plays(ofDays(2), jitter).told().nothing();
      way.script().plays(ofDays(1), level(constant)).plays(ofDays(1), jitter).told().nothing();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void zeroWithAJitterOfAMillionthIsSilent(Way way) {
    way.script().plays(ofDays(2), level(0).noise(1e-6)).told().nothing();
  }

  @ParameterizedTest
  @CsvSource({"150, UP", "200, UP", "1000, UP", "50, DOWN"})
  void aLevelShiftIsToldOnceAndIsThenTheNormal(double level, Direction direction) {
    for (Way way : Way.all()) {
      Script script = way.script().plays(ofDays(2), NORMAL);
      long shift = script.next();
      script.plays(ofDays(2), level(level).noise(5));

      Told told = script.told();
      told.once(direction).since(shift).within(3).overBy(shift + SETTLED.toMillis());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aShiftOfAConstantIsToldOnceAndIsThenTheNormal(Way way) {
    Script script = way.script().plays(ofDays(2), level(10));
    long shift = script.next();
    script.plays(ofDays(2), level(20));
    script.told().once(Direction.UP).since(shift).within(3).overBy(shift + SETTLED.toMillis());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anIncidentOfHalfAnHourIsToldOnceAndEndsWithIt(Way way) {
    Script script = way.script().plays(ofDays(2), NORMAL);
    long broken = script.next();
    script.plays(ofMinutes(30), level(300).noise(5));
    long repaired = script.next();
    script.plays(ofDays(1), NORMAL);
    script.told().once(Direction.UP).since(broken).within(3).until(repaired, fiveSamples(way));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSecondIncidentAnHourLaterIsToldAsTheFirstWas(Way way) {
    Script script = way.script().plays(ofDays(2), NORMAL);
    long first = script.next();
    script.plays(ofMinutes(10), level(300).noise(5)).plays(ofHours(1), NORMAL);
    long second = script.next();
    script.plays(ofMinutes(10), level(300).noise(5)).plays(ofHours(1), NORMAL);

    Told told = script.told();
    told.then(Direction.UP).since(first).within(3).until(first + 600_000, fiveSamples(way));
    told.then(Direction.UP).since(second).within(3).until(second + 600_000, fiveSamples(way));
    told.nothingElse();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aLeakThatDoublesTheLevelInAnHourIsToldOnItsWay(Way way) {
    Script script = way.script().plays(ofDays(3), level(100).noise(2));
    long leak = script.next();
    script.plays(ofDays(1), ramp(100, 200, ofHours(1)).noise(2));
    Told told = script.told();
    told.then(Direction.UP).sinceBetween(leak, leak + Shape.HOUR);
    told.nothingSince(leak + 2 * Shape.HOUR);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aDriftOfATenthADayIsSilent(Way way) {
    way.script()
        .plays(ofDays(2), level(100).noise(2))
        .plays(ofDays(5), ramp(100, 150, ofDays(5)).noise(2))
        .told()
        .nothing();
  }

  @ParameterizedTest
  @MethodSource(GAUGES)
  void whatAlwaysRisesIsSilentWhileItDoes(Way way) {
    way.script().plays(ofDays(7), ramp(1000, 8000, ofDays(7)).noise(2)).told().nothing();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aDropToZeroIsToldOnceAndEndsWhenItIsBack(Way way) {
    Script script = way.script().plays(ofDays(2), NORMAL);
    long down = script.next();
    script.plays(ofMinutes(30), level(0));
    long back = script.next();
    script.plays(ofDays(1), NORMAL);
    script.told().once(Direction.DOWN).since(down).within(3).until(back, fiveSamples(way));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aDropToZeroForGoodIsToldOnceAndIsThenTheNormal(Way way) {
    Script script = way.script().plays(ofDays(2), NORMAL);
    long down = script.next();
    script.plays(ofDays(2), level(0));
    script.told().once(Direction.DOWN).since(down).within(3).overBy(down + SETTLED.toMillis());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aLoneOutlierIsToldWhereSamplesAreRareAndHidesNothingForLong(Way way) {
    Script script = way.script().plays(ofDays(2), NORMAL);
    long outlier = script.next();
    script.plays(way.step(), level(1000)).plays(ofHours(1), NORMAL);
    long shift = script.next();
    script.plays(ofHours(12), level(200).noise(5));
    Told told = script.told();
    if (way.step().equals(Way.SLOW)) {
      told.then(Direction.UP).since(outlier).within(1).until(outlier, way.step().multipliedBy(4));
    }
    told.then(Direction.UP)
        .sinceBetween(shift, shift + 15 * 60_000)
        .overBy(shift + SETTLED.toMillis() + 15 * 60_000);
    told.nothingElse();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anOutlierOfFiveSamplesIsToldOnceAndThenAllIsNormal(Way way) {
    Script script = way.script().plays(ofDays(2), NORMAL);
    long outlier = script.next();
    script.plays(fiveSamples(way), level(1000));
    long normal = script.next();
    script.plays(ofDays(2), NORMAL);
    script.told().once(Direction.UP).since(outlier).within(3).until(normal, fiveSamples(way));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aVarianceTenfoldIsTheNormalAfterItsFirstHours(Way way) {
    Script script = way.script().plays(ofDays(2), level(100).noise(2));
    long wilder = script.next();
    script.plays(ofDays(2), level(100).noise(20));

    script.told().nothingSince(wilder + 3 * Shape.HOUR);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aVarianceThatShrinksIsSilent(Way way) {
    way.script()
        .plays(ofDays(2), level(100).noise(20))
        .plays(ofDays(2), level(100).noise(2))
        .told()
        .nothing();
  }

  private static Duration fiveSamples(Way way) {
    return way.step().multipliedBy(5);
  }
}
