// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

import static io.tocsin.models.behaviour.Shape.level;
import static io.tocsin.models.behaviour.Shape.ramp;
import static io.tocsin.models.behaviour.Shape.wave;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.telemetry.StaleMarker;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What senders do to samples is nothing that is told of a series, and hides nothing that is to be
 * told: each script ends with a level shift, which must be seen as if nothing had been before.
 */
class SendersTest {
  private static final String ALL = "io.tocsin.models.behaviour.Way#all";
  private static final String COUNTERS = "io.tocsin.models.behaviour.Way#counters";

  private static final Shape NORMAL = level(100).noise(5);
  private static final Shape SHIFTED = level(200).noise(5);

  @ParameterizedTest
  @MethodSource(COUNTERS)
  void aCounterThatBeginsAnewIsSilent(Way way) {
    Script script = way.script().plays(ofDays(1), NORMAL);
    onlyTheShift(script.resets().plays(ofHours(6), NORMAL));
  }

  @ParameterizedTest
  @MethodSource(COUNTERS)
  void aCounterThatBeginsAnewTwiceInARowIsSilent(Way way) {
    Script script = way.script().plays(ofDays(1), NORMAL);
    script.resets().plays(way.step(), NORMAL).resets().plays(ofMinutes(10), NORMAL);
    onlyTheShift(script.resets().plays(ofHours(6), NORMAL));
  }

  @ParameterizedTest
  @MethodSource(COUNTERS)
  void aCounterThatBeginsAnewEveryFewMinutesIsSilent(Way way) {
    Script script = way.script().plays(ofDays(1), NORMAL);
    for (int i = 0; i < 20; i++) {
      script.resets().plays(ofMinutes(3), NORMAL);
    }
    onlyTheShift(script.plays(ofHours(6), NORMAL));
  }

  @ParameterizedTest
  @MethodSource(COUNTERS)
  void aCounterThatBeginsAnewAfterAGapIsSilent(Way way) {
    for (Duration gap : new Duration[] {ofMinutes(4), ofMinutes(40), ofHours(4)}) {
      Script script = way.script().plays(ofDays(1), NORMAL);
      onlyTheShift(script.isSilent(gap).resets().plays(ofHours(6), NORMAL));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 20, 70, 600, 1600})
  void aGapIsSilent(long minutes) {
    for (Way way : Way.all()) {
      Script script = way.script().plays(ofDays(1), NORMAL).isSilent(ofMinutes(minutes));
      onlyTheShift(script.plays(ofHours(6), NORMAL));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aGapInARhythmThatIsKnownIsSilent(Way way) {
    Shape rhythm = wave(40, 160).noise(3);
    way.script()
        .plays(ofDays(8), rhythm)
        .plays(ofHours(5), rhythm)
        .isSilent(ofHours(6))
        .plays(ofDays(2), rhythm)
        .told()
        .nothing();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aRestartOfTheScorerIsNotNoticed(Way way) {
    Script whole = shiftAndBack(way.script(), false);
    Script restarted = shiftAndBack(way.script(), true);

    assertThat(whole.told().alerts()).isNotEmpty();
    assertThat(restarted.told().findings()).isEqualTo(whole.told().findings());
    assertThat(restarted.snapshot()).isEqualTo(whole.snapshot());
  }

  private static Script shiftAndBack(Script script, boolean restarts) {
    script.plays(ofMinutes(3), NORMAL);
    for (Shape part : new Shape[] {NORMAL, NORMAL, SHIFTED, SHIFTED, NORMAL}) {
      script = restarts ? script.restarts() : script;
      script.plays(ofHours(9), part);
      script = restarts ? script.restarts() : script;
      script.plays(ofMinutes(1), part);
    }
    return script;
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void samplesThatComeTooLateChangeNothing(Way way) {
    Script inOrder = way.script();
    Script disordered =
        way.script()
            .delivered(
                (source, time, value) -> {
                  source.send(time, value, time);
                  source.send(time - 2 * way.step().toMillis(), value * 3, time);
                  source.send(time - 1, 0, time);
                });
    playTheSame(inOrder, disordered);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void samplesThatComeTwiceChangeNothing(Way way) {
    Script once = way.script();
    Script twice =
        way.script()
            .delivered(
                (source, time, value) -> {
                  source.send(time, value, time);
                  source.send(time, value, time);
                });
    playTheSame(once, twice);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void ofTwoValuesForOneTimeTheFirstStands(Way way) {
    Script once = way.script();
    Script twice =
        way.script()
            .delivered(
                (source, time, value) -> {
                  source.send(time, value, time);
                  source.send(time, value * 10, time);
                });
    playTheSame(once, twice);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSecondReplicaOfTheSenderThatLagsChangesNothing(Way way) {
    Script alone = way.script();
    Script pair = way.script();
    double[] before = new double[1];
    pair.delivered(
        (source, time, value) -> {
          source.send(time, value, time);
          // What the first sent a scrape ago, and the second only now.
          source.send(time - way.step().toMillis(), before[0], time);
          before[0] = value;
        });
    playTheSame(alone, pair);
  }

  private static void playTheSame(Script one, Script other) {
    for (Script each : new Script[] {one, other}) {
      each.plays(ofDays(1), NORMAL);
      onlyTheShift(each);
    }
    assertThat(other.told().findings()).isEqualTo(one.told().findings());
  }

  @ParameterizedTest
  @ValueSource(longs = {200, 1_000, 3_000, 7_400})
  void aPairOfReplicasThatEachScrapeIsAsOne(long offset) {
    for (Way way : Way.all()) {
      Script pair = way.script().scrapedAgainAfter(Duration.ofMillis(offset));
      onlyTheShift(pair.plays(ofDays(1), NORMAL));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {200, 1_000, 3_000})
  void aLoneOutlierThatBothReplicasSawIsNoMoreThanOneOfOneReplica(long offset) {
    for (Way way : Way.gauges()) {
      Script pair = way.script().scrapedAgainAfter(Duration.ofMillis(offset));
      pair.plays(ofDays(1), NORMAL);
      long outlier = pair.next();
      pair.plays(way.step(), level(1000)).plays(ofHours(1), NORMAL);
      if (way.step().equals(Way.SLOW)) {
        pair.told().once(Direction.UP).since(outlier);
      } else {
        pair.told().nothing();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aReplicaThatFailsAndComesBackIsSilent(Way way) {
    Script script = way.script().scrapedAgainAfter(Duration.ofMillis(3_700));
    script.plays(ofDays(1), NORMAL);
    script.scrapedOnce().plays(ofHours(3), NORMAL);
    onlyTheShift(script.scrapedAgainAfter(Duration.ofMillis(5_100)).plays(ofHours(6), NORMAL));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNoNumberIsSilent(double odd) {
    for (Way way : Way.all()) {
      Script script = way.script();
      for (int i = 0; i < 300; i++) {
        script.plays(way.step().multipliedBy(1 + i % 7), NORMAL).sends(odd);
      }
      for (int i = 0; i < 500; i++) {
        script.sends(odd);
      }
      onlyTheShift(script.plays(ofHours(12), NORMAL));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aStaleMarkerIsSilentAndSoIsTheReturn(Way way) {
    Script script = way.script().plays(ofDays(1), NORMAL);
    double stale = Double.longBitsToDouble(StaleMarker.BITS);
    for (int i = 0; i < 10; i++) {
      script.sends(stale).plays(ofMinutes(10), NORMAL).sends(stale).isSilent(ofMinutes(3L * i));
    }
    onlyTheShift(script.plays(ofHours(6), NORMAL));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anotherScrapeIntervalIsSilent(Way way) {
    Script script = way.script().every(Way.QUICK).plays(ofDays(1), NORMAL);
    script.every(Way.SLOW).plays(ofDays(1), NORMAL);
    onlyTheShift(script.every(Way.QUICK).plays(ofDays(1), NORMAL));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anotherScrapeIntervalIsSilentInARhythmToo(Way way) {
    Shape rhythm = wave(40, 160).noise(3);
    way.script()
        .every(Way.QUICK)
        .plays(ofDays(4), rhythm)
        .every(Way.SLOW)
        .plays(ofDays(2), rhythm)
        .every(Way.QUICK)
        .plays(ofDays(2), rhythm)
        .told()
        .nothing();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aSeriesThatBeginsIsSilentInItsFirstMinutesWhateverItShows(Way way) {
    Shape wild = (time, since, noise) -> Math.exp(10 * noise.next());
    way.script().plays(ofMinutes(10), wild).told().nothing();
    Shape late = (time, since, noise) -> since < 120_000 ? 0 : 100 + noise.next();
    way.script().plays(ofHours(6), late).told().nothing();
    Shape hot = (time, since, noise) -> since < 120_000 ? 900 : 100 + noise.next();
    way.script().plays(ofHours(6), hot).told().nothing();
    way.script().plays(ofHours(6), ramp(0, 100, ofMinutes(8)).noise(2)).told().nothing();
  }

  /** A last part, in which the level shifts: told once, since the exact sample. */
  private static void onlyTheShift(Script script) {
    long shift = script.next();
    script.plays(ofHours(3), SHIFTED);
    script.told().once(Direction.UP).since(shift).within(5);
  }
}
