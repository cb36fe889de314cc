// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BandDetectorTest {
  private static final Effect ANY = new Effect(0, 0);
  private static final Effect TENTH = new Effect(0, 0.1);
  private static final long MINUTE = 60_000;
  private static final int DAY = 1440;
  private static final int SURPRISES = BandDetector.UPBRINGING - 4 * Surprise.BYTES;

  @Test
  void noiseIsNearlySilentOverLongTimes() {
    int strong = 0;
    for (int seed = 0; seed < 10; seed++) {
      strong += new OneSeries(ANY, MINUTE).take(14 * DAY, gaussian(seed, 100, 5));
    }
    assertThat(strong).isLessThanOrEqualTo(1);
  }

  @Test
  void theHeaviestTailsReachTheBoundaryAboutOnceADay() {
    int strong = 0;
    int days = 0;
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      strong += new OneSeries(TENTH, MINUTE).take(7 * DAY, i -> Math.exp(random.nextGaussian()));
      days += 7;
    }
    assertThat(strong).isLessThanOrEqualTo(3 * days / 2);
  }

  @Test
  void burstsThatComeAgainAndAgainAreFoundAFewTimesAndThenTheUsual() {
    Random random = new Random(2);
    OneSeries series = new OneSeries(TENTH, MINUTE);
    IntToDoubleFunction bursts = i -> (i % 180 < 6 ? 50 : 1) * (1 + 0.1 * random.nextGaussian());

    assertThat(series.take(2 * DAY, bursts)).isBetween(1, 6);
    assertThat(series.take(5 * DAY, bursts)).isZero();
  }

  @Test
  void theLikeOfAFindingIsFoundAgain() {
    OneSeries series = new OneSeries(new Effect(0.05, 0.5), MINUTE);
    series.take(DAY, i -> 0);
    assertThat(series.take(20, i -> 5)).isEqualTo(1);
    series.take(360, i -> 0);
    assertThat(series.take(20, i -> 5)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"8, 3", "10, 2", "-10, 2", "20, 2"})
  void aDeviationIsFoundWithinSomeSamples(double sigmas, int samples) {
    int found = 0;
    for (int seed = 0; seed < 50; seed++) {
      OneSeries series = new OneSeries(TENTH, MINUTE);
      series.take(DAY, gaussian(seed, 100, 5));
      if (series.take(samples, gaussian(-seed, 100 + 5 * sigmas, 5)) > 0) {
        found++;
        assertThat(series.direction()).isEqualTo(sigmas > 0 ? Direction.UP : Direction.DOWN);
        // One sample of noise before it may have begun it, one of those in it may be missed.
        assertThat(series.onset()).isCloseTo(OneSeries.START + (DAY + 1) * MINUTE, within(MINUTE));
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(45);
  }

  @Test
  void aSmallLevelShiftIsFoundWhileItLasts() {
    int found = 0;
    for (int seed = 0; seed < 50; seed++) {
      OneSeries series = new OneSeries(TENTH, MINUTE);
      series.take(2 * DAY, gaussian(seed, 100, 5));
      found += Math.min(1, series.take(60, gaussian(-seed, 130, 5)));
    }
    assertThat(found).isGreaterThanOrEqualTo(40);
  }

  @Test
  void aLevelShiftIsFoundOnceAndThenTheNewNormal() {
    for (int seed = 0; seed < 10; seed++) {
      OneSeries series = new OneSeries(TENTH, MINUTE);
      series.take(DAY, gaussian(seed, 100, 5));
      assertThat(series.take(DAY, gaussian(-seed, 200, 5))).isEqualTo(1);
      assertThat(series.active()).isFalse();
      assertThat(series.take(2 * DAY, gaussian(seed + 99, 200, 5))).isZero();
    }
  }

  @Test
  void aLoneSpikeAmongCloseSamplesIsWeakEvidence() {
    OneSeries series = new OneSeries(TENTH, MINUTE / 4);
    series.take(DAY, gaussian(1, 100, 5));
    int before = series.findings;
    series.take(1, i -> 1000);
    assertThat(series.active()).isTrue();
    series.take(DAY, gaussian(2, 100, 5));
    assertThat(series.findings).isGreaterThan(before);
    assertThat(series.strong).isEmpty();
  }

  @Test
  void amongSamplesOfAMinuteALoneSpikeCountsWhenItIsFarOut() {
    OneSeries series = new OneSeries(TENTH, MINUTE);
    series.take(DAY, gaussian(1, 100, 5));
    assertThat(series.take(1, i -> 1000)).isEqualTo(1);
    assertThat(series.verdict.score()).isGreaterThan(EpisodeSettings.DEFAULTS.sure());
    // Neither is the way back another finding, nor what follows.
    assertThat(series.take(DAY, gaussian(2, 100, 5))).isZero();
    assertThat(series.active()).isFalse();
  }

  @Test
  void amongSamplesOfAMinuteWhatIsHardlyBeyondTheBandIsWeakEvidence() {
    OneSeries series = new OneSeries(TENTH, MINUTE);
    series.take(DAY, gaussian(1, 100, 5));
    double value = 100;
    do {
      series.detector.judge(series.state, null, series.time(), value += 0.1, TENTH, series.verdict);
    } while (series.verdict.score() < 1);
    series.take(value);
    assertThat(series.active()).isTrue();
    series.take(DAY, gaussian(2, 100, 5));
    assertThat(series.strong).isEmpty();
  }

  @Test
  void errorsFromNothingAreFoundAtOnce() {
    OneSeries series = new OneSeries(new Effect(0.05, 0.5), 15_000);
    series.take(200, i -> 0);
    assertThat(series.take(2, i -> 5)).isEqualTo(1);
  }

  @Test
  void threefoldLatencyIsFound() {
    int found = 0;
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      IntToDoubleFunction latency = i -> 0.05 * Math.exp(0.2 * random.nextGaussian());
      OneSeries series = new OneSeries(new Effect(0.02, 0.3), 15_000);
      series.take(2000, latency);
      found += series.take(10, i -> 3 * latency.applyAsDouble(i));
    }
    assertThat(found).isGreaterThanOrEqualTo(19);
  }

  @Test
  void aDailyRhythmIsSilentAndABreakOfItIsFound() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      IntToDoubleFunction rhythm =
          i -> 100 * (1.1 + Math.sin(2 * Math.PI * i / DAY)) + 3 * random.nextGaussian();
      OneSeries series = new OneSeries(TENTH, MINUTE);
      assertThat(series.take(8 * DAY, rhythm)).isZero();
      // 18:00, the trough: as much as at the peak, which was seen every day, but not now.
      int trough = DAY * 3 / 4;
      assertThat(series.take(trough, rhythm)).isZero();
      assertThat(series.take(5, i -> 210 + 3 * random.nextGaussian())).isEqualTo(1);
      assertThat(series.verdict.expected()).isLessThan(100);
    }
  }

  @Test
  void predictorsThatAgreeAreSurerThanOneAlone() {
    OneSeries all = new OneSeries(ANY, MINUTE);
    all.take(5 * DAY, gaussian(3, 100, 5));
    double together = score(all, BandSettings.DEFAULTS, 140);
    BandSettings one = BandSettings.DEFAULTS;
    for (Part part : new Part[] {Part.JUMP, Part.RHYTHM, Part.DRIFT, Part.RANGE}) {
      one = one.without(part);
    }
    double alone = score(all, one, 140);

    assertThat(together).isGreaterThan(alone);
    assertThat(alone).isGreaterThan(0);
    assertThat(score(all, one.without(Part.LEVEL), 140)).isZero();
  }

  private static double score(OneSeries series, BandSettings settings, double value) {
    BandDetector detector = new BandDetector(settings);
    detector.judge(series.state, series.profile, series.time(), value, ANY, series.verdict);
    return series.verdict.score();
  }

  @Test
  void anIncidentDoesNotBecomeTheProfileOfItsHour() {
    OneSeries series = new OneSeries(TENTH, MINUTE);
    series.take(2 * DAY, gaussian(4, 100, 2));
    series.take(60, i -> 1000);
    series.take(120, gaussian(5, 100, 2));
    assertThat(at(series.profile, OneSeries.START + MINUTE * 30).ofDay()).isLessThan(160);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -7.25, 1e9, 1e-9, 0.1})
  void aConstantWithTheTiniestJitterIsSilent(double constant) {
    Random random = new Random(6);
    OneSeries series = new OneSeries(ANY, MINUTE);
    series.take(DAY, i -> constant);
    int strong = series.take(DAY, i -> constant + Math.ulp(constant) * random.nextInt(3));
    assertThat(strong).isZero();
    assertThat(series.findings).isZero();
  }

  @Test
  void whatIsSmallerThanTheLeastEffectIsNoFinding() {
    OneSeries absolute = new OneSeries(new Effect(2, 0), MINUTE);
    absolute.take(DAY, i -> 10);
    assertThat(absolute.take(100, i -> 10.9)).isZero();
    assertThat(absolute.findings).isZero();
    assertThat(absolute.take(5, i -> 15)).isEqualTo(1);

    OneSeries relative = new OneSeries(new Effect(0, 0.5), MINUTE);
    relative.take(DAY, i -> 10);
    assertThat(relative.take(100, i -> 12)).isZero();
    assertThat(relative.findings).isZero();
    assertThat(relative.take(5, i -> 25)).isEqualTo(1);
  }

  @Test
  void nothingIsFoundInTheFirstSamples() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      OneSeries series = new OneSeries(ANY, MINUTE);
      series.take(10, i -> Math.exp(5 * random.nextGaussian()));
      assertThat(series.findings).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5})
  void aSteadyRiseIsNoFinding(double noise) {
    Random random = new Random(13);
    OneSeries series = new OneSeries(ANY, MINUTE);
    double[] value = new double[1];
    series.take(5 * DAY, i -> value[0] += 1 + noise * random.nextGaussian());
    assertThat(series.strong).isEmpty();
  }

  @Test
  void judgingChangesNothing() {
    OneSeries series = new OneSeries(TENTH, MINUTE);
    Random random = new Random(7);
    for (int i = 0; i < 3 * DAY; i++) {
      series.take(100 + 5 * random.nextGaussian());
      if (i % 37 == 0) {
        byte[] before = series.bytes();
        double value = 1000 * random.nextGaussian();
        Row profile = i > DAY ? series.profile : null;
        series.detector.judge(series.state, profile, series.time(), value, ANY, series.verdict);
        assertThat(series.bytes()).isEqualTo(before);
      }
    }
  }

  /** What was reckoned to judge a value serves to learn it, and no other one. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsLearnedDoesNotDependOnWhatElseWasJudgedMeanwhile(boolean byRow) {
    OneSeries alone = new OneSeries(ANY, MINUTE);
    OneSeries among = new OneSeries(ANY, MINUTE);
    OneSeries other = new OneSeries(ANY, MINUTE);
    Random random = new Random(3);
    for (int i = 0; i < 4 * DAY; i++) {
      long time = OneSeries.START + i * MINUTE;
      double value = 100 + 5 * random.nextGaussian() + (i % 777 == 0 ? 60 : 0);
      Row profile = i > DAY ? alone.profile : null;
      Row otherProfile = i > DAY ? among.profile : null;
      judgeAndLearn(alone, profile, time, value);
      judgeAndLearn(other, null, time, value / 2);
      among.detector.judge(among.state, otherProfile, time, value, ANY, among.verdict);
      if (byRow) {
        among.detector.judge(other.state, null, time, value, ANY, among.verdict);
      } else {
        among.detector.judge(among.state, otherProfile, time, value / 3, ANY, among.verdict);
      }
      boolean known = alone.verdict.persisting() >= 1 && alone.verdict.score() < 1;
      among.detector.learn(among.state, otherProfile, time, value, known ? 0 : 1);
    }
    assertThat(among.bytes()).isEqualTo(alone.bytes());
  }

  private static void judgeAndLearn(
      OneSeries series, @Nullable Row profile, long time, double value) {
    series.detector.judge(series.state, profile, time, value, ANY, series.verdict);
    series.detector.learn(series.state, profile, time, value, 1);
  }

  @Test
  void theSameInputGivesTheSameBits() {
    OneSeries one = new OneSeries(TENTH, MINUTE);
    OneSeries two = new OneSeries(TENTH, MINUTE);
    one.take(3 * DAY, gaussian(9, 0, 1));
    two.take(3 * DAY, gaussian(9, 0, 1));
    assertThat(one.bytes()).isEqualTo(two.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"swings", "subnormals", "ulps", "maxima", "mixed"})
  void everyFieldStaysFiniteWhateverFiniteNumbersCome(String kind) {
    Random random = new Random(kind.hashCode());
    OneSeries series = new OneSeries(ANY, MINUTE);
    for (int i = 0; i < 3 * DAY; i++) {
      series.take(extreme(kind, i, random));
      assertFinite(series);
    }
    for (long hour = 0; hour < 168; hour++) {
      double slot = at(series.profile, OneSeries.START + hour * 60 * MINUTE).ofWeek();
      assertThat(Double.isInfinite(slot)).isFalse();
    }
  }

  private static double extreme(String kind, int i, Random random) {
    return switch (kind) {
      case "swings" -> random.nextBoolean() ? 1e308 : -1e308;
      case "subnormals" -> Double.MIN_VALUE * random.nextInt(1000);
      case "ulps" -> 1 + Math.ulp(1.0) * (i % 2);
      case "maxima" -> i % 100 < 50 ? Double.MAX_VALUE : -Double.MAX_VALUE;
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(any) ? any : 0;
      }
    };
  }

  private static void assertFinite(OneSeries series) {
    Row state = series.state;
    for (int field = Levels.LAST; field <= Levels.SLOW; field += Double.BYTES) {
      assertThat(Double.isFinite(state.getDouble(field))).isTrue();
    }
    for (int field = Levels.SIZE; field <= Levels.HIGH; field += Float.BYTES) {
      assertThat(Float.isFinite(state.getFloat(field))).isTrue();
    }
    // Surprises hold floats, and counts that are no NaN as floats.
    for (int field = SURPRISES; field < BandDetector.UPBRINGING; field += Float.BYTES) {
      assertThat(Float.isFinite(state.getFloat(field))).isTrue();
    }
    Verdict verdict = series.verdict;
    assertThat(verdict.score()).isBetween(0.0, Verdict.MAX_SCORE);
    assertThat(Double.isFinite(verdict.expected())).isTrue();
    assertThat(Double.isFinite(verdict.lower())).isTrue();
    assertThat(Double.isFinite(verdict.upper())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e8, 1e36, -1e36, Double.MAX_VALUE})
  void aLoneAbsurdNumberIsSoonOverAndAFaultOfTheNextDayIsFound(double absurd) {
    for (long step : new long[] {MINUTE / 4, MINUTE}) {
      OneSeries series = new OneSeries(TENTH, step);
      series.take(2 * DAY, gaussian(14, 100, 5));
      series.take(1, i -> absurd);
      series.take(60, gaussian(15, 100, 5));
      assertThat(series.active()).isFalse();
      assertThat(series.verdict.expected()).isCloseTo(100, within(20.0));

      // Not at the same hour, which the absurd number has made one of surprises.
      series.take((int) (30 * 60 * MINUTE / step), gaussian(16, 100, 5));
      assertThat(series.take(10, gaussian(17, 300, 5))).isEqualTo(1);
      assertThat(series.verdict.upper()).isLessThan(1000);
    }
  }

  @Test
  void aRateOfThingsThatAreCountedJumpsByChance() {
    Effect counted = new Effect(0, 0.1, true);
    int strong = 0;
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      strong += new OneSeries(counted, MINUTE).take(7 * DAY, i -> poisson(0.05, random) / 60.0);
    }
    assertThat(strong).isZero();
  }

  @Test
  void aRateOfThingsThatAreCountedIsFoundWhenChanceDoesNotExplainIt() {
    Random random = new Random(20);
    OneSeries series = new OneSeries(new Effect(0, 0.1, true), MINUTE);
    series.take(2 * DAY, i -> poisson(3, random) / 60.0);
    assertThat(series.take(10, i -> poisson(60, random) / 60.0)).isEqualTo(1);
  }

  @Test
  void theShorterTheTimeOfACountTheMoreOfItIsChance() {
    OneSeries series = new OneSeries(new Effect(0, 0), MINUTE);
    series.take(DAY, i -> 0);
    Effect counted = new Effect(0, 0, true);
    double before = 0;
    for (long seconds = 10; seconds < 1000; seconds *= 2) {
      long time = series.time() + 1000 * seconds;
      series.detector.judge(series.state, null, time, 0.1, counted, series.verdict);
      assertThat(series.verdict.score()).isGreaterThanOrEqualTo(before);
      before = series.verdict.score();
    }
    assertThat(before).isGreaterThan(1);
  }

  private static int poisson(double mean, Random random) {
    int events = 0;
    for (double left = mean + Math.log(1 - random.nextDouble()); left > 0; events++) {
      left += Math.log(1 - random.nextDouble());
    }
    return events;
  }

  @Test
  void subnormalNoiseIsNoFinding() {
    Random random = new Random(10);
    OneSeries series = new OneSeries(ANY, MINUTE);
    series.take(DAY, i -> Double.MIN_VALUE * random.nextInt(1000));
    assertThat(series.findings).isZero();
  }

  @Test
  void aChangedIntervalIsNoDeviation() {
    OneSeries series = new OneSeries(TENTH, MINUTE);
    series.take(DAY, gaussian(11, 100, 5));
    Random random = new Random(12);
    long time = series.time();
    for (int i = 0; i < 1000; i++) {
      time += 4 * MINUTE;
      double value = 100 + 5 * random.nextGaussian();
      series.detector.judge(series.state, null, time, value, TENTH, series.verdict);
      assertThat(series.verdict.score()).isLessThan(1);
      series.detector.learn(series.state, null, time, value, 1);
    }
    assertThat(series.verdict.expected()).isCloseTo(100, within(8.0));
  }

  @Test
  void aSeriesIsWorthItsProfileAfterSomeHours() {
    OneSeries series = new OneSeries(TENTH, MINUTE);
    assertThat(series.detector.wantsProfile(series.state, OneSeries.START)).isFalse();
    series.take(5);
    long age = BandSettings.DEFAULTS.profileAge().toMillis();
    assertThat(series.detector.wantsProfile(series.state, series.time() + age - 1)).isFalse();
    assertThat(series.detector.wantsProfile(series.state, series.time() + age)).isTrue();
  }

  private static IntToDoubleFunction gaussian(long seed, double mean, double sigma) {
    Random random = new Random(seed);
    return i -> mean + sigma * random.nextGaussian();
  }

  private static HoursAround at(Row profile, long time) {
    Row nothing = new Row();
    RowPages rows = new RowPages(HoursAround.BYTES);
    rows.read(rows.add(), nothing);
    return new HoursAround(0).move(nothing, profile, time);
  }
}
