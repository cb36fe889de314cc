// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

import static io.tocsin.models.behaviour.Shape.level;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rules.Glob;
import io.tocsin.models.rules.MetricRule;
import io.tocsin.models.rules.Role;
import io.tocsin.models.series.SeriesScorer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A series that comes no more while its target still sends others is missed; what goes with its
 * target is not: a rollout causes nothing.
 */
class DisappearanceTest {
  private static final String ALL = "io.tocsin.models.behaviour.Way#all";

  private static final Shape NORMAL = level(100).noise(5);
  private static final String[] TARGET = {"job", "shop", "instance", "10.0.0.1:80"};

  /** Silence is told at a sweep, when it has lasted for at least this, and not for twice this. */
  private static final Duration SILENCE = ofMinutes(5);

  @ParameterizedTest
  @MethodSource(ALL)
  void aSeriesThatFallsSilentIsMissedUntilItIsBack(Way way) {
    Script script = target(way.script());
    Source series = script.series();
    script.runs(ofHours(6));
    long last = script.next() - way.step().toMillis();
    series.stops();
    script.runs(ofMinutes(50));

    Told.Expected missed = script.told().once(Direction.DOWN).of(series).by("absence");
    missed.since(last).toldAfter(SILENCE).within(SILENCE.multipliedBy(2)).andLasts();
    assertThat(missed.finding().observed()).isNaN();
    assertThat(missed.finding().expected()).isCloseTo(100, Offset.offset(10.0));

    long back = script.next();
    series.starts();
    script.runs(ofDays(1));
    script.told().once(Direction.DOWN).since(last).until(back, Duration.ZERO);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatIsMissedIsToldAtEachSweepOverARestartToo(Way way) {
    Script script = target(way.script()).runs(ofHours(6));
    script.series().stops();
    for (int i = 0; i < 10; i++) {
      script.runs(ofMinutes(7)).restarts();
    }
    script.series().starts();
    script.runs(ofHours(1));

    List<Finding> told = absences(script);
    assertThat(told).extracting(Finding::id).containsOnly(told.get(0).id());
    assertThat(told.get(0).phase()).isEqualTo(Phase.STARTED);
    assertThat(told.get(told.size() - 1).phase()).isEqualTo(Phase.ENDED);
    assertThat(told.get(told.size() - 1).peak()).isEqualTo(told.get(told.size() - 2).score());
    for (int i = 1; i < told.size() - 1; i++) {
      assertThat(told.get(i).phase()).isEqualTo(Phase.CONTINUES);
      assertThat(told.get(i).time() - told.get(i - 1).time()).isEqualTo(SeriesScorer.SWEEP_MILLIS);
      assertThat(told.get(i).score()).isGreaterThan(told.get(i - 1).score());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatIsMissedForADayIsForgottenThen(Way way) {
    Script script = target(way.script()).runs(ofHours(6));
    long last = script.next() - way.step().toMillis();
    script.series().stops();
    script.runs(ofDays(3));
    script.told().once(Direction.DOWN).since(last).until(last + Shape.DAY, ofMinutes(5));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSeriesThatComesEveryFewMinutesIsMissedAfterFiveOfItsIntervals(Way way) {
    Duration interval = ofMinutes(4).plusSeconds(50);
    Script script = target(way.script().every(interval)).runs(ofHours(12));
    long last = script.next() - interval.toMillis();
    script.series().stops();
    Told told = script.runs(ofHours(2)).told();
    told.once(Direction.DOWN)
        .since(last)
        .toldAfter(interval.multipliedBy(5))
        .within(interval.multipliedBy(5).plus(SILENCE))
        .andLasts();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSeriesThatComesAndGoesIsSilentFromItsThirdTime(Way way) {
    Script script = target(way.script());
    for (int day = 0; day < 6; day++) {
      script.series().starts();
      script.runs(ofHours(8));
      script.series().stops();
      script.runs(ofHours(16));
    }
    Told told = script.told();
    Told.Expected first = told.then(Direction.DOWN).sinceBetween(day(0), day(1));
    assertThat(first.finding().seen()).isZero();
    Told.Expected second = told.then(Direction.DOWN).sinceBetween(day(1), day(2));
    assertThat(second.finding().seen()).isEqualTo(1);
    told.nothingElse();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSeriesThatWasNotYetRegularIsNotMissed(Way way) {
    Script script = target(way.script());
    script.series().stops();
    script.runs(ofHours(3));
    script.series().starts();
    script.runs(ofMinutes(50));
    script.series().stops();
    script.runs(ofHours(6)).told().nothing();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSeriesThatComesNowAndThenIsNotMissed(Way way) {
    Script script = target(way.script());
    for (int i = 0; i < 60; i++) {
      script.series().starts();
      script.runs(ofMinutes(4));
      script.series().stops();
      script.runs(ofMinutes(3 + i % 9));
    }
    script.runs(ofHours(6)).told().nothing();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSeriesThatShowsNoNumberIsNotMissed(Way way) {
    Script script = target(way.script()).runs(ofHours(6));
    script.series().is(level(Double.NaN), script.next());
    script.runs(ofHours(6)).told().nothing();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aTargetThatIsGoneAsAWholeIsNotMissed(Way way) {
    Script script = target(way.script());
    Source up = script.named("up", TARGET);
    up.is(level(1), script.next());
    Source elsewhere = script.source("job", "shop", "instance", "10.0.0.2:80");
    elsewhere.is(NORMAL, script.next());
    script.runs(ofHours(6));
    script.sources().stream()
        .filter(source -> source != up && source != elsewhere)
        .forEach(Source::stops);
    script.runs(ofHours(12)).told().nothing();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aTargetThatComesBackInPartsIsNotMissed(Way way) {
    for (long minutes : new long[] {7, 12, 60}) {
      Script script = target(way.script()).runs(ofHours(6).plusMinutes(2));
      script.isSilent(ofMinutes(minutes));
      script.series().stops();
      script.runs(ofMinutes(14));
      script.series().starts();
      script.runs(ofHours(2)).told().nothing();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatIsMissedEndsWhenItsTargetIsGone(Way way) {
    Script script = target(way.script()).runs(ofHours(6));
    script.series().stops();
    script.runs(ofMinutes(32));
    long gone = script.next();
    script.sources().forEach(Source::stops);
    script.runs(ofHours(3)).told().once(Direction.DOWN).until(gone, ofMinutes(10));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anotherJobOnTheSameHostIsAnotherTarget(Way way) {
    Script script = way.script();
    Source one = script.source("service", "shop", "job", "one", "instance", "10.0.0.1:80");
    Source other = script.source("service", "shop", "job", "other", "instance", "10.0.0.1:80");
    one.is(NORMAL, script.next());
    other.is(NORMAL, script.next());
    script.runs(ofHours(6));
    one.stops();
    script.runs(ofHours(6)).told().nothing();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSeriesThatItsSenderEndedIsWeakEvidence(Way way) {
    Script script = target(way.script()).runs(ofHours(6));
    long last = script.next() - way.step().toMillis();
    script.endsWithGoodbye(List.of(script.series())).runs(ofHours(6));

    script.told().nothing();
    assertThat(absences(script)).isNotEmpty().allMatch(finding -> finding.onset() == last);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSymptomThatItsSenderEndedIsMissed(Way way) {
    Script script = target(way.script(List.of(rule(Role.SYMPTOM, MetricRule.Side.BOTH))));
    script.runs(ofHours(6));
    long last = script.next() - way.step().toMillis();
    script.endsWithGoodbye(List.of(script.series())).runs(ofHours(6));
    script.told().once(Direction.DOWN).since(last).within(SILENCE.multipliedBy(2)).andLasts();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSeriesOfWhichOnlyARiseMattersIsNotMissed(Way way) {
    for (Role role : List.of(Role.SYMPTOM, Role.EVIDENCE)) {
      Script script = target(way.script(List.of(rule(role, MetricRule.Side.UP))));
      script.runs(ofHours(6));
      script.series().stops();
      assertThat(absences(script.runs(ofHours(6)))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aRolloutCausesNothing(Way way) {
    for (boolean goodbye : new boolean[] {true, false}) {
      Script script = way.script();
      script.series().is(NORMAL, script.next());
      List<List<Source>> pods = new ArrayList<>();
      for (int pod = 0; pod < 3; pod++) {
        pods.add(pod(script, "shop-5d4f8c7b9-x2x4" + "bcd".charAt(pod)));
      }
      script.runs(ofHours(6));
      for (int pod = 0; pod < 3; pod++) {
        pod(script, "shop-6b7d9f5c4-z8k2" + "bcd".charAt(pod));
        script.runs(ofMinutes(2));
        if (goodbye) {
          script.endsWithGoodbye(pods.get(pod));
        } else {
          pods.get(pod).forEach(Source::stops);
        }
        script.runs(ofMinutes(1));
      }
      script.runs(ofHours(6)).told().nothing();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aContainerThatRestartsInItsPodCausesNothing(Way way) {
    Script script = way.script();
    script.series().is(NORMAL, script.next());
    List<Source> pod = pod(script, "shop-5d4f8c7b9-x2x4z");
    script.runs(ofHours(6)).endsWithGoodbye(pod).runs(ofMinutes(3));
    // What is counted from the first time on is not there at first, or for long.
    for (Source source : pod.subList(1, 5)) {
      source.resets();
      source.starts();
    }
    script.runs(ofHours(6)).told().nothing();
  }

  /** Every record about a series that is missed, weak ones too. */
  private static List<Finding> absences(Script script) {
    return script.told().findings().stream()
        .filter(finding -> finding.detector().equals("absence"))
        .toList();
  }

  /** A target with the script's own series and four more. */
  private static Script target(Script script) {
    script.series().is(NORMAL, script.next());
    for (int i = 0; i < 4; i++) {
      script.source(TARGET).is(NORMAL, script.next());
    }
    return script;
  }

  private static List<Source> pod(Script script, String name) {
    List<Source> pod = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Source source = script.source("job", "shop", "namespace", "prod", "pod", name);
      source.is(NORMAL, script.next());
      pod.add(source);
    }
    return pod;
  }

  private static MetricRule rule(Role role, MetricRule.Side side) {
    return new MetricRule(new Glob("work*"), Map.of(), role, side, null, "", 0, 0.1, false);
  }

  private static long day(long day) {
    return Script.MONDAY + day * Shape.DAY;
  }
}
