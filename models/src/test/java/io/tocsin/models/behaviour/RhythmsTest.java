// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

import static io.tocsin.models.behaviour.Shape.level;
import static io.tocsin.models.behaviour.Shape.officeHours;
import static io.tocsin.models.behaviour.Shape.wave;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import io.tocsin.models.findings.Direction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back every day or week is the usual of its hour from the third time on. */
class RhythmsTest {
  private static final String ALL = "io.tocsin.models.behaviour.Way#all";
  private static final String SLOW = "io.tocsin.models.behaviour.Way#slow";

  private static final Duration WEEK = ofDays(7);
  private static final Shape NORMAL = level(100).noise(5);
  private static final Shape SPIKE = level(500).noise(20);

  @ParameterizedTest
  @MethodSource(ALL)
  void aDailyWaveIsSilentFromItsFirstDay(Way way) {
    way.script().plays(ofDays(14), wave(40, 160).noise(3)).told().nothing();
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 20, 90})
  void aSpikeEveryDayIsToldAtFirstAndSilentFromItsThirdTime(long minutes) {
    Shape daily = NORMAL.with(SPIKE, ofDays(1), ofHours(27), ofMinutes(minutes));
    for (Way way : Way.all()) {
      Script script = way.script().plays(ofDays(1), NORMAL).plays(ofDays(9), daily);
      Told told = script.told();
      told.then(Direction.UP).since(day(1) + 3 * Shape.HOUR).within(3);
      told.maybe(Direction.UP, day(2) + 3 * Shape.HOUR);
      told.maybe(Direction.DOWN, day(2) + 3 * Shape.HOUR + minutes * 60_000);
      told.nothingElse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {20, 90})
  void aSpikeEveryWeekIsToldAtFirstAndSilentFromItsThirdTime(long minutes) {
    Shape weekly =
        NORMAL.with(SPIKE, WEEK, sinceEpoch(day(5) + 3 * Shape.HOUR), ofMinutes(minutes));
    for (Way way : Way.slow()) {
      Script script = way.script().plays(ofDays(35), weekly);
      Told told = script.told();
      told.then(Direction.UP).since(day(5) + 3 * Shape.HOUR).within(3);
      told.maybe(Direction.UP, day(12) + 3 * Shape.HOUR);
      told.nothingElse();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSpikeThreeTimesAsHighAsEveryDayIsTold(Way way) {
    Shape daily = NORMAL.with(SPIKE, ofDays(1), ofHours(3), ofMinutes(20));
    Script script = way.script().plays(ofDays(9), daily).plays(ofHours(3), daily);
    long higher = script.next();
    script.plays(ofMinutes(20), level(1500).noise(20)).plays(ofHours(12), daily);
    Told told = script.told();
    told.skipBefore(higher);
    told.then(Direction.UP).since(higher).within(3);
    told.nothingElse();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theSameSpikeAtAnotherHourIsTold(Way way) {
    Shape daily = NORMAL.with(SPIKE, ofDays(1), ofHours(3), ofMinutes(20));
    Script script = way.script().plays(ofDays(9), daily).plays(ofHours(15), daily);
    long odd = script.next();
    script.plays(ofMinutes(20), SPIKE).plays(ofHours(5), daily);
    Told told = script.told();
    told.skipBefore(odd);
    told.then(Direction.UP).since(odd).within(ofMinutes(5));
    told.nothingElse();
  }

  @ParameterizedTest
  @MethodSource(SLOW)
  void aClockThatIsPutForwardOrBackIsSilent(Way way) {
    for (Shape habit : List.of(wave(40, 160).noise(3), officeHours(50, 150).noise(3))) {
      for (int hours : new int[] {1, -1}) {
        Script script = way.script().plays(ofDays(21), habit);
        long change = script.next();
        script.plays(ofDays(10), habit.earlier(ofHours(hours)));
        script.told().nothingSince(change);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SLOW)
  void officeHoursAreSilentFromTheThirdWorkingDayOn(Way way) {
    way.script().plays(ofDays(12), officeHours(50, 150).noise(3)).told().nothingSince(day(2));
  }

  @ParameterizedTest
  @MethodSource(SLOW)
  void aWeekendThatIsQuieterThanTheWeekIsSilentFromItsFourthTime(Way way) {
    Shape week = wave(40, 160).with(wave(30, 60), WEEK, sinceEpoch(day(5)), ofDays(2));
    way.script().plays(ofDays(35), week.noise(3)).told().nothingSince(day(22));
  }

  @ParameterizedTest
  @MethodSource(SLOW)
  void aPeakAtMidnightIsToldWhereEveryNightWasQuiet(Way way) {
    Script script = way.script().plays(ofDays(14), wave(40, 160).noise(3));
    long midnight = script.next();
    script.plays(ofMinutes(30), level(160).noise(3)).plays(ofHours(6), wave(40, 160).noise(3));
    script
        .told()
        .once(Direction.UP)
        .since(midnight)
        .within(3)
        .until(midnight + 30 * 60_000, way.step().multipliedBy(5));
  }

  private static long day(long day) {
    return Script.MONDAY + day * Shape.DAY;
  }

  private static Duration sinceEpoch(long time) {
    return Duration.ofMillis(time);
  }
}
