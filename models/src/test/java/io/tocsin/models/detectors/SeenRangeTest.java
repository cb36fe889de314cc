// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenRangeTest {
  private static final Effect ANY = new Effect(0, 0);
  private static final long MINUTE = 60_000;
  private static final int DAY = 1440;
  private static final String RANGE = "range";

  private final SeenRange range = new SeenRange(Levels.BYTES);
  private final RowPages rows = new RowPages(Levels.BYTES + SeenRange.BYTES);
  private final Row row = row();
  private final Sample sample = new Sample();

  private static String model(OneSeries series) {
    return new BandDetector(BandSettings.DEFAULTS).models().get(series.verdict.model());
  }

  /** A series that spikes by 50 to 100 all the time, so that one more surprises no predictor. */
  private static OneSeries spiky(int samples) {
    OneSeries series = new OneSeries(ANY, MINUTE);
    Random random = new Random(3);
    series.take(
        samples,
        i -> 100 + random.nextGaussian() + (i % 7 == 0 ? 50 + 50 * random.nextDouble() : 0));
    return series;
  }

  @Test
  void aSpikeLikeAllOthersIsNoNewsAndOneBeyondThemAllIs() {
    OneSeries series = spiky(3 * DAY);
    judgeByRange(series, 190);
    assertThat(series.verdict.score()).isLessThan(1);

    judgeByRange(series, 250);
    assertThat(model(series)).isEqualTo(RANGE);
    assertThat(series.verdict.score()).isGreaterThan(1);
    assertThat(series.verdict.direction()).isEqualTo(Direction.UP);
    assertThat(series.verdict.upper()).isBetween(195.0, 210.0);
    assertThat(series.verdict.expected()).isBetween(95.0, 120.0);
  }

  private static void judgeByRange(OneSeries series, double value) {
    judgeByRange(series, series.state, value);
  }

  /** Without the predictors. */
  private static void judgeByRange(OneSeries series, Row state, double value) {
    BandSettings settings = BandSettings.DEFAULTS;
    for (Part part : new Part[] {Part.JUMP, Part.LEVEL, Part.RHYTHM, Part.DRIFT}) {
      settings = settings.without(part);
    }
    new BandDetector(settings)
        .judge(state, series.profile, series.time(), value, ANY, series.verdict);
  }

  @Test
  void theFartherOutsideTheMoreOfASurprise() {
    OneSeries series = spiky(3 * DAY);
    double last = 1;
    for (double value : new double[] {230, 260, 300}) {
      judgeByRange(series, value);
      assertThat(series.verdict.score()).isGreaterThan(last);
      last = series.verdict.score();
    }
  }

  @Test
  void theSecondTimeItWasSeenBefore() {
    OneSeries series = spiky(3 * DAY);
    series.take(1, i -> 250);
    series.take(120, i -> 100 + i % 2);
    judgeByRange(series, 249);
    assertThat(series.verdict.score()).isZero();
  }

  @Test
  void aDailySpikeIsSilentFromItsThirdTimeHoweverSmallTheUsualValuesAre() {
    for (double usual : new double[] {0, 1, 100}) {
      OneSeries series = new OneSeries(new Effect(0.5, 0.05), MINUTE);
      Random random = new Random(4);
      for (int day = 0; day < 10; day++) {
        series.take(700, i -> usual + 0.01 * usual * random.nextGaussian());
        boolean spikes = day >= 3;
        int strong = series.take(3, i -> usual + (spikes ? 500 + 25 * random.nextDouble() : 0));
        strong += series.take(737, i -> usual + 0.01 * usual * random.nextGaussian());
        assertThat(strong).isEqualTo(day == 3 || day == 4 ? 1 : 0);
      }
    }
  }

  @Test
  void whatIsAboveTheRangeDeviatesUpwardsAlsoWhereTheLevelWasJustMovedBeyondIt() {
    OneSeries series = spiky(3 * DAY);
    series.state.setDouble(Levels.SLOW, 1000);
    judgeByRange(series, 400);
    assertThat(model(series)).isEqualTo(RANGE);
    assertThat(series.verdict.direction()).isEqualTo(Direction.UP);
  }

  @Test
  void ofASeriesThatIsNotADayOldTheRangeSaysNothing() {
    OneSeries series = spiky(DAY - 10);
    judgeByRange(series, 250);
    assertThat(series.verdict.score()).isZero();
  }

  @Test
  void oneAbsurdValueDoesNotBlindTheSeriesToWhatComesAfter() {
    sample.floor = 3;
    row.setFloat(Levels.SIZE, 100);
    range.begin(row, 100);
    range.learn(row, 1e12, sample);
    assertThat(range.high(row)).isEqualTo(3100);
  }

  @Test
  void whatWasSeenOnceIsForgottenInMonthsAlsoWhereItIsSmallBesideTheLevel() {
    double level = 1e5;
    row.setFloat(Levels.SIZE, level);
    row.setDouble(Levels.SLOW, level);
    range.begin(row, level - 100, level + 100, 1);
    for (int hour = 1; hour <= 90 * 24; hour++) {
      sample.lastHour = hour - 1L;
      sample.hour = hour;
      range.learn(row, level, sample);
    }
    assertThat(range.high(row) - level).isBetween(20.0, 50.0);
    assertThat(level - range.low(row)).isBetween(20.0, 50.0);
  }

  @Test
  void withinAnHourNothingIsForgotten() {
    range.begin(row, 0, 100, 1);
    for (int i = 0; i < 1000; i++) {
      range.learn(row, 50, sample);
    }
    assertThat(range.low(row)).isEqualTo(0);
    assertThat(range.high(row)).isEqualTo(100);
  }

  @Test
  void aNewSeriesStartsWithTheRangeThatHoldsAllItsSiblings() {
    Row first = row();
    range.begin(first, 10, 20, 1);
    Row second = row();
    range.begin(second, 5, 12, 3);
    range.inherit(row, first);
    assertThat(range.outside(row, 21)).isEqualTo(1);

    range.join(row, second);
    assertThat(range.low(row)).isEqualTo(5);
    assertThat(range.high(row)).isEqualTo(20);
    row.setInt(Levels.COUNT, 1000);
    sample.time = 2 * 86_400_000L;
    double joined = range.score(row, 40, 0, sample);
    first.setInt(Levels.COUNT, 1000);
    assertThat(joined).isLessThan(range.score(first, 40, 0, sample)).isPositive();
  }

  /** Earlier releases forgot sooner, so that what is beyond all that they knew may be no news. */
  @Test
  void theRangeOfAnEarlierReleaseMustBeLeftByFar() {
    OneSeries series = spiky(3 * DAY);
    RowPages migrated = new RowPages(BandDetector.ROW_BYTES);
    Row now = new Row();
    migrated.read(migrated.add(), now);
    series.detector.migrate(2, series.state, now);
    judgeByRange(series, series.state, 240);
    assertThat(series.verdict.score()).isGreaterThan(1);

    judgeByRange(series, now, 240);
    assertThat(series.verdict.score()).isBetween(0.5, 0.99);
    judgeByRange(series, now, 600);
    assertThat(series.verdict.score()).isGreaterThan(1);
  }

  private Row row() {
    Row fresh = new Row();
    rows.read(rows.add(), fresh);
    return fresh;
  }
}
