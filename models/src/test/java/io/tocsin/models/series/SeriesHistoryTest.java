// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.telemetry.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SeriesHistoryTest {
  private static final long STEP = 15_000;
  private static final long NOW = Shard.START + Duration.ofDays(3).toMillis();

  private final Shard shard = new Shard();
  private final Shard.Series load = shard.series(Labels.NAME, "load", "node", "n1");
  private final Random random = new Random(5);

  /** History up to a time, all of which arrives at once. */
  private void teach(Shard.Series series, long from, long until, long arrival) {
    shard.scorer.history(true);
    for (long time = from; time < until; time += STEP) {
      series.sample(time, bits(100 + random.nextGaussian()), arrival);
    }
    shard.scorer.history(false);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private void goLive(long from, int samples, double level) {
    for (int n = 0; n < samples; n++) {
      load.sample(from + n * STEP, level + random.nextGaussian());
    }
  }

  @Test
  void whatBreaksAMinuteAfterTheHistoryIsFound() {
    teach(load, NOW - Duration.ofHours(6).toMillis(), NOW, NOW);
    goLive(NOW, 4, 100);
    goLive(NOW + 4 * STEP, 4, 200);
    assertThat(shard.findings).anyMatch(Finding::strong);
  }

  @Test
  void withoutHistoryTheSameIsNotFound() {
    goLive(NOW, 4, 100);
    goLive(NOW + 4 * STEP, 4, 200);
    assertThat(shard.findings).noneMatch(Finding::strong);
  }

  @Test
  void aSeriesThatHasJustBegunLearnsAsIfItHadNot() {
    goLive(NOW, 40, 5000);
    long arrival = NOW + 40 * STEP;
    teach(load, NOW - Duration.ofHours(6).toMillis(), arrival, arrival);
    List<Finding> before = List.copyOf(shard.findings);
    goLive(arrival, 20, 100);
    assertThat(shard.findings).isEqualTo(before);
    assertThat(shard.fate(SampleFate.LATE)).isZero();
    goLive(arrival + 20 * STEP, 4, 200);
    assertThat(shard.findings).anyMatch(Finding::strong);
  }

  @Test
  void liveSamplesWaitUntilTheHistoryHasCaughtUp() {
    goLive(NOW, 2, 100);
    long begin = NOW - Duration.ofHours(2).toMillis();
    long arrival = NOW + 2 * STEP;
    teach(load, begin, NOW - Duration.ofHours(1).toMillis(), arrival);
    load.sample(arrival, 100);
    assertThat(shard.fate(SampleFate.HELD_BACK)).isEqualTo(1);
    teach(load, NOW - Duration.ofHours(1).toMillis(), arrival, arrival);
    load.sample(arrival + STEP, 100);
    assertThat(shard.fate(SampleFate.HELD_BACK)).isEqualTo(1);
    assertThat(shard.fate(SampleFate.LATE)).isZero();
  }

  @Test
  void historyThatBreaksOffIsNotWaitedForForever() {
    teach(load, NOW - Duration.ofHours(2).toMillis(), NOW - Duration.ofHours(1).toMillis(), NOW);
    load.sample(NOW + Duration.ofMinutes(15).toMillis(), 100);
    assertThat(shard.fate(SampleFate.HELD_BACK)).isEqualTo(1);
    load.sample(NOW + Duration.ofMinutes(16).toMillis(), 100);
    assertThat(shard.fate(SampleFate.HELD_BACK)).isEqualTo(1);
    teach(load, NOW - Duration.ofHours(1).toMillis(), NOW, NOW + Duration.ofMinutes(17).toMillis());
    assertThat(shard.fate(SampleFate.LATE)).isEqualTo(Duration.ofHours(1).toMillis() / STEP);
  }

  @Test
  void whatHasLearnedForADayTakesNoHistory() {
    long begin = NOW - Duration.ofHours(25).toMillis();
    goLive(begin, 25 * 240, 100);
    byte[] learned = shard.bytes();
    teach(load, begin - Duration.ofHours(1).toMillis(), begin, NOW);
    assertThat(shard.fate(SampleFate.LATE)).isEqualTo(240);
    assertThat(shard.bytes()).isEqualTo(learned);
  }

  @Test
  void historyThatIsYoungerThanTheSeriesChangesNothing() {
    goLive(NOW, 240, 100);
    byte[] learned = shard.bytes();
    teach(load, NOW + STEP * 100 + 1, NOW + STEP * 200, NOW + STEP * 240);
    assertThat(shard.fate(SampleFate.LATE)).isEqualTo(100);
    assertThat(shard.bytes()).isEqualTo(learned);
  }

  @Test
  void historyThatComesTwiceIsLearnedOnce() {
    long begin = NOW - Duration.ofHours(1).toMillis();
    teach(load, begin, NOW, NOW);
    byte[] learned = shard.bytes();
    teach(load, begin, NOW, NOW);
    assertThat(shard.bytes()).isEqualTo(learned);
  }

  @Test
  void aHistogramThatHasJustBegunLearnsItsQuantileFromHistory() {
    List<Shard.Series> buckets = new ArrayList<>();
    for (String bound : List.of("0.1", "0.5", "1", "+Inf")) {
      buckets.add(shard.series(Labels.NAME, "latency_seconds_bucket", "app", "a", "le", bound));
    }
    scrape(buckets, NOW, 40, NOW, HEALTHY);
    long arrival = NOW + 40 * STEP;
    shard.scorer.history(true);
    long begin = arrival - Duration.ofHours(2).toMillis();
    scrape(buckets, begin, 480, arrival, HEALTHY);
    shard.scorer.history(false);
    assertThat(shard.fate(SampleFate.LATE)).isZero();
    scrape(buckets, arrival, 8, 0, HEALTHY);
    assertThat(shard.findings).noneMatch(Finding::strong);
    scrape(buckets, arrival + 8 * STEP, 8, 0, SLOW);
    assertThat(shard.findings)
        .filteredOn(Finding::strong)
        .isNotEmpty()
        .allSatisfy(found -> assertThat(found.labels().metric()).isEqualTo("latency_seconds:p95"));
  }

  private static final double[] HEALTHY = {90, 99, 100, 100};
  private static final double[] SLOW = {5, 20, 90, 100};
  private final double[] totals = new double[4];

  /** Scrapes of a histogram; each arrives at a given time, or, with 0, at its own. */
  private void scrape(
      List<Shard.Series> buckets, long from, int scrapes, long arrival, double[] within) {
    for (int n = 0; n < scrapes; n++) {
      long time = from + n * STEP;
      for (int slot = 0; slot < within.length; slot++) {
        totals[slot] += within[slot];
        buckets.get(slot).sample(time, bits(totals[slot]), arrival == 0 ? time : arrival);
      }
    }
  }
}
