// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.benchmarks.quality.corpora.Segment;
import io.tocsin.benchmarks.quality.corpora.Subject;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final Subject SUBJECT =
      Subjects.minutes(1440, 0, new Segment(100, 160), new Segment(1000, 1010));

  private static Events events(Integer... detected) {
    Events events = new Events();
    events.add(SUBJECT, Set.of(detected)::contains);
    return events;
  }

  @Test
  void detectionsWithinHalfAnHourAreOneAlert() {
    Events events = events(110, 140, 170, 201);
    assertThat(events.alerts()).isEqualTo(2);
    assertThat(events.found()).isEqualTo(1);
    assertThat(events.precision()).isEqualTo(0.5);
  }

  @Test
  void anAlertThatBeganBeforeASegmentIsFalseAndDoesNotFindIt() {
    Events events = events(80, 100, 120);
    assertThat(events.alerts()).isEqualTo(1);
    assertThat(events.found()).isZero();
    assertThat(events.f1()).isZero();
  }

  @Test
  void aSegmentIsFoundUpToFiveSamplesAfterItsEnd() {
    assertThat(events(1015).found()).isEqualTo(1);
    assertThat(events(1016).found()).isZero();
  }

  @Test
  void f1IsOfAlertsAndSegments() {
    Events events = events(105, 500);
    assertThat(events.recall()).isEqualTo(0.5);
    assertThat(events.f1()).isCloseTo(0.5, within(1e-12));
    assertThat(events.delayMinutes(0.5)).isEqualTo(5);
  }

  @Test
  void falseAlarmsArePerDayOfHealthySeries() {
    FalseAlarms alarms = new FalseAlarms();
    alarms.add(Subjects.minutes(1440, 0), Set.of(500)::contains);
    alarms.add(Subjects.minutes(1440, 0, new Segment(400, 600)), Set.of(500)::contains);
    assertThat(alarms.perSeriesDay()).isCloseTo(1440.0 / (1440 + 1440 - 201), within(1e-9));
    assertThat(alarms.silentPart()).isEqualTo(0.5);
  }

  @Test
  void whereAPartIsKnownToBeHealthyFalseAlarmsCountThereOnly() {
    FalseAlarms alarms = new FalseAlarms();
    alarms.add(Subjects.minutes(2880, 1440, new Segment(2000, 2100)), Set.of(10, 2500)::contains);
    assertThat(alarms.perSeriesDay()).isEqualTo(1);
  }
}
