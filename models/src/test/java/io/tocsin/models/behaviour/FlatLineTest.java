// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

import static io.tocsin.models.behaviour.Shape.level;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import io.tocsin.models.findings.Direction;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is told of a series that always moved and stands still. What has stood as long before tells
 * nothing: how long is long, its own past says.
 */
class FlatLineTest {
  private static final String GAUGES = "io.tocsin.models.behaviour.Way#gauges";

  private static final Shape NORMAL = level(100).noise(5);

  @ParameterizedTest
  @MethodSource(GAUGES)
  void aSeriesThatStandsStillForTwentyMinutesIsSilent(Way way) {
    way.script()
        .plays(ofDays(3), NORMAL)
        .plays(ofMinutes(20), level(100))
        .plays(ofDays(1), NORMAL)
        .told()
        .nothing();
  }

  @ParameterizedTest
  @MethodSource(GAUGES)
  void aSeriesThatStandsStillEveryNightIsSilentFromTheThirdOn(Way way) {
    Shape resting = NORMAL.with(level(100), ofDays(1), ofHours(1), ofHours(4));
    Script script = way.script().plays(ofDays(9), resting);
    script.told().nothingSince(Script.MONDAY + 2 * Shape.DAY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 3, 1e9})
  void aGaugeThatIsMostlyConstantIsSilent(double value) {
    for (Way way : Way.gauges()) {
      Shape rarelyOneMore =
          level(value).with(level(value * 1.05), ofHours(7), Duration.ZERO, ofHours(2));
      way.script().plays(ofDays(5), rarelyOneMore).plays(ofDays(3), level(value)).told().nothing();
    }
  }

  @ParameterizedTest
  @MethodSource(GAUGES)
  void aFlatLineElsewhereIsALevelShift(Way way) {
    Script script = way.script().plays(ofDays(3), NORMAL);
    long still = script.next();
    script.plays(ofMinutes(20), level(300)).plays(ofDays(1), NORMAL);
    script.told().once(Direction.UP).since(still).within(3);
  }
}
