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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
  @MethodSource(SLOW)
  void officeHoursAreSilentFromTheThirdWorkingDayOn(Way way) {
    way.script().plays(ofDays(12), officeHours(50, 150).noise(3)).told().nothingSince(day(2));
  }

  @ParameterizedTest
  @MethodSource(SLOW)
  void aWeekendThatIsQuieterThanTheWeekIsSilentFromItsThirdTime(Way way) {
    Shape week = wave(40, 160).with(wave(30, 60), WEEK, sinceEpoch(day(5)), ofDays(2));
    way.script().plays(ofDays(35), week.noise(3)).told().nothingSince(day(15));
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
