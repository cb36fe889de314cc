// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SurpriseTest {
  private static final BandSettings SETTINGS = BandSettings.DEFAULTS;
  private static final Levels LEVELS = new Levels(SETTINGS);
  private static final long MINUTE = 60_000;
  private static final int HOUR = 60;
  private static final int DAY = 24 * HOUR;

  /** So rare that it is no rarer when it is larger. */
  private static final double HUGE = 1e9;

  private final Random random = new Random(1);
  private final Row row = row(Surprise.BYTES);
  private final Row profile = row(HourMemory.BYTES);
  private final Sample sample = new Sample();
  private Surprise surprise = new Surprise(SETTINGS, 1, 0, 0, 0);
  private long time = OneSeries.START;

  @Test
  void nothingIsASurpriseBeforeTheWarmUpIsOver() {
    for (int i = 0; i < SETTINGS.warmUpSamples(); i++) {
      assertThat(surprise.isKnown(row)).isFalse();
      assertThat(persisting(HUGE)).isZero();
      take(random.nextGaussian(), null);
    }

    assertThat(surprise.isKnown(row)).isTrue();
    assertThat(persisting(HUGE)).isGreaterThan(1);
  }

  @Test
  void atTheEndsOfTheBandItIsOne() {
    quiet(DAY, null);

    assertThat(persisting(surprise.upper(row, sample))).isCloseTo(1, within(0.02));
    assertThat(surprise.above()).isTrue();
    assertThat(persisting(-surprise.lower(row, sample))).isCloseTo(1, within(0.02));
    assertThat(surprise.above()).isFalse();
  }

  @Test
  void eachSideHasItsOwnTail() {
    for (int i = 0; i < 20 * DAY; i++) {
      double noise = random.nextGaussian();
      take(noise > 0 ? 10 * noise : noise, null);
    }

    assertThat(surprise.upper(row, sample)).isGreaterThan(3 * surprise.lower(row, sample));
    assertThat(persisting(-20)).isGreaterThan(1);
    assertThat(persisting(20)).isLessThan(1);
  }

  @Test
  void theWeightScalesAllButTheMost() {
    quiet(DAY, null);
    double full = persisting(6);
    surprise = new Surprise(SETTINGS, 0.5, 0, 0, 0);

    assertThat(persisting(6)).isCloseTo(full / 2, within(1e-9));
  }

  @Test
  void whatWasLearnedBeforeIsNoNews() {
    quiet(DAY, null);
    assertThat(news(20)).isEqualTo(surprise.persisting());

    take(20, null);
    assertThat(news(20)).isEqualTo(0.5);
    assertThat(surprise.persisting()).isGreaterThan(1);
    assertThat(news(1000)).isEqualTo(surprise.persisting());
  }

  @Test
  void theHabitFadesWithItsHalfLife() {
    quiet(DAY, null);
    double rare = ofPersisting(1.9);
    double most = persisting(rare);
    take(rare, null);
    quiet((int) SETTINGS.habit().toMinutes(), null);

    int news = 0;
    int known = 0;
    for (double residual = 2; residual < HUGE; residual *= 1.1) {
      double persisting = persisting(residual);
      if (persisting > 0.52 * most) {
        assertThat(surprise.news()).isEqualTo(persisting);
        news++;
      } else if (persisting < 0.48 * most) {
        assertThat(surprise.news()).isLessThanOrEqualTo(0.5);
        known++;
      }
    }
    assertThat(news).isPositive();
    assertThat(known).isPositive();
  }

  @Test
  void withoutTheHabitWhatWasLearnedBeforeIsNews() {
    surprise = new Surprise(SETTINGS.without(Part.HABIT), 1, 0, 0, 0);
    quiet(DAY, null);
    take(20, null);

    assertThat(news(20)).isEqualTo(surprise.persisting()).isGreaterThan(1);
  }

  @Test
  void whatComesEveryDayAtItsHourIsNewsTwiceAndThenNoMore() {
    quiet(2 * DAY, profile);
    boolean[] news = new boolean[6];
    for (int day = 0; day < news.length; day++) {
      news[day] = isNews(HUGE);
      take(HUGE, profile);
      quiet(DAY - 1, profile);
    }
    assertThat(news).containsExactly(true, true, false, false, false, false);

    quiet(2 * HOUR, profile);
    assertThat(isNews(HUGE)).isTrue();
  }

  @Test
  void anHourEarlierOrLaterIsTheSameHour() {
    quiet(2 * DAY, profile);
    for (int day = 0; day < 4; day++) {
      take(HUGE, profile);
      quiet(DAY - 1, profile);
    }
    time -= HOUR * MINUTE;
    assertThat(isNews(HUGE)).isFalse();
    time += 2 * HOUR * MINUTE;
    assertThat(isNews(HUGE)).isFalse();
    time += HOUR * MINUTE;
    assertThat(isNews(HUGE)).isTrue();
  }

  @Test
  void anHourForgetsWhatNoLongerComes() {
    quiet(2 * DAY, profile);
    for (int day = 0; day < 4; day++) {
      take(HUGE, profile);
      quiet(DAY - 1, profile);
    }
    assertThat(isNews(HUGE)).isFalse();
    quiet(14 * DAY, profile);
    assertThat(isNews(HUGE)).isTrue();
  }

  @Test
  void withoutTheHoursWhatComesEveryDayStaysNews() {
    surprise = new Surprise(SETTINGS.without(Part.HOURS), 1, 0, 0, 0);
    quiet(2 * DAY, profile);
    for (int day = 0; day < 6; day++) {
      assertThat(isNews(HUGE)).isTrue();
      take(HUGE, profile);
      quiet(DAY - 1, profile);
    }
  }

  @Test
  void ofWhatMovesSlowlyOnlyOneResidualOfATimeIsLearned() {
    surprise = new Surprise(SETTINGS, 1, 15 * MINUTE, 0, 0);
    quiet(15 * (SETTINGS.warmUpSamples() - 1), null);
    assertThat(surprise.isKnown(row)).isFalse();
    quiet(15, null);
    assertThat(surprise.isKnown(row)).isTrue();
  }

  @Test
  void whatIsNotLearnedIsNoNewsTheNextTimeAllTheSame() {
    surprise = new Surprise(SETTINGS, 1, 15 * MINUTE, 0, 0);
    quiet(15 * DAY, null);
    double upper = surprise.upper(row, sample);
    // One in the middle of that time.
    quiet((int) (7 - Math.floorMod(time / MINUTE, 15L) + 15) % 15, null);
    double rare = ofPersisting(1.5);
    assertThat(isNews(rare)).isTrue();
    take(ofPersisting(1.9), null);

    assertThat(surprise.upper(row, sample)).isCloseTo(upper, within(0.5));
    assertThat(isNews(rare)).isFalse();
  }

  @Test
  void whatWasPassedIsNone() {
    quiet(DAY, null);
    persisting(HUGE);
    surprise.pass();

    assertThat(surprise.persisting()).isZero();
    assertThat(surprise.news()).isZero();
  }

  /** The least residual, up to a percent, that is as rare as this. */
  private double ofPersisting(double rarity) {
    double residual = 1;
    while (persisting(residual) < rarity) {
      residual *= 1.01;
    }
    return residual;
  }

  private double persisting(double residual) {
    see(time + MINUTE);
    surprise.judge(row, profile, residual, sample);
    return surprise.persisting();
  }

  private double news(double residual) {
    persisting(residual);
    return surprise.news();
  }

  private boolean isNews(double residual) {
    return news(residual) > 1;
  }

  private void quiet(int samples, @Nullable Row known) {
    for (int i = 0; i < samples; i++) {
      take(random.nextGaussian(), known);
    }
  }

  private void take(double residual, @Nullable Row known) {
    see(time + MINUTE);
    surprise.learn(row, known, residual, false, sample);
    time += MINUTE;
  }

  private void see(long now) {
    sample.time = now;
    sample.elapsed = MINUTE;
    sample.habit = LEVELS.habit(MINUTE);
    sample.interval = MINUTE;
    sample.floor = 1e-9;
    sample.hour = HourProfile.hour(now);
    sample.lastHour = HourProfile.hour(now - MINUTE);
  }

  private static Row row(int bytes) {
    RowPages rows = new RowPages(bytes);
    Row row = new Row();
    rows.read(rows.add(), row);
    return row;
  }
}
