// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rules.Glob;
import io.tocsin.models.rules.MetricRule;
import io.tocsin.models.rules.Role;
import io.tocsin.models.rules.Rules;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.NativeHistogram;
import io.tocsin.models.telemetry.StaleMarker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesScorerTest {
  private static final long STEP = 15_000;
  private static final long HOUR = 3_600_000;

  private final Shard shard = new Shard();
  private final Random random = new Random(17);
  private long time = Shard.START;

  @Test
  void aFindingTellsWhatItIsAbout() {
    Shard.Series series = shard.series(Labels.NAME, "queue_bytes", "service", "shop", "pod", "p-0");
    play(series, 100, 50);
    play(series, 900, 3);

    Finding finding = shard.findings.get(shard.findings.size() - 1);
    assertThat(finding.labels()).isEqualTo(series.labels);
    assertThat(finding.entity().service()).isEqualTo("shop");
    assertThat(finding.role()).isEqualTo(Role.EVIDENCE);
    assertThat(finding.unit()).isEqualTo("bytes");
    assertThat(finding.detector()).isEqualTo("level");
    assertThat(finding.direction()).isEqualTo(Direction.UP);
    assertThat(finding.strong()).isTrue();
    assertThat(finding.expected()).isBetween(90.0, 200.0);
    assertThat(finding.observed()).isBetween(850.0, 950.0);
    assertThat(finding.intervalMillis()).isEqualTo(STEP);
    assertThat(shard.strong()).containsExactly(finding.id());
  }

  @Test
  void theFirstFindingWasNeverSeenBeforeAndTheThirdTwice() {
    Shard.Series series = shard.series(Labels.NAME, "queue_bytes");
    for (int time = 0; time < 3; time++) {
      play(series, 100, 200);
      play(series, 900, 3);
    }
    List<Finding> strong = shard.findings.stream().filter(each -> each.score() >= 1).toList();
    assertThat(shard.strong()).hasSize(3);
    for (int time = 0; time < 3; time++) {
      String id = shard.strong().get(time);
      assertThat(strong)
          .filteredOn(each -> each.id().equals(id))
          .extracting(Finding::seen)
          .containsOnly(time);
    }
  }

  @Test
  void aSampleOfAnUnknownSeriesIsRefused() {
    Shard.Series known = shard.series(Labels.NAME, "x");
    shard.scorer.sample(shard.table, known.hash + 1, known.check, time, 0, time);

    assertThat(shard.fates()).isEqualTo(Map.of(SampleFate.REFUSED, 1L));
    assertThat(shard.scorer.knows(shard.table, known.hash)).isTrue();
    assertThat(shard.scorer.knows(shard.table, known.hash + 1)).isFalse();
  }

  @Test
  void aSecondSeriesOfTheSameHashIsCountedAndNotWatched() {
    Shard.Series series = shard.series(Labels.NAME, "x");
    byte[] other = LabelBytes.write(Labels.of(Labels.NAME, "other"));
    shard.scorer.announce(shard.table, series.hash, series.check + 1, MetricKind.INFO, other);
    shard.scorer.sample(shard.table, series.hash, series.check + 1, time, 0, time);
    series.sample(time, 1);

    assertThat(shard.fates()).isEqualTo(Map.of(SampleFate.COLLISION, 1L, SampleFate.SCORED, 1L));
  }

  @Test
  void seriesOverTheLimitAreRefusedUntilOthersAreGone() {
    Shard small = new Shard(limited(3), Rules.of(List.of()));
    for (int i = 0; i < 5; i++) {
      small.series(Labels.NAME, "x", "i", "" + i).sample(time, i);
    }
    assertThat(small.fates()).isEqualTo(Map.of(SampleFate.SCORED, 3L, SampleFate.REFUSED, 2L));

    small.scorer.sweep(small.table, time + 25 * HOUR);
    small.series(Labels.NAME, "x", "i", "4").sample(time + 25 * HOUR, 1);
    assertThat(small.fate(SampleFate.SCORED)).isEqualTo(4);
  }

  @Test
  void kindsOverTheLimitAreNotKept() {
    Shard small = new Shard(limited(3), Rules.of(List.of()));
    for (int i = 0; i < 10; i++) {
      small.scorer.metadata(small.table, "family" + i, MetricKind.COUNTER);
    }
    assertThat(small.table.kinds.size()).isEqualTo(3);
  }

  @Test
  void churnedSeriesAreForgottenAndTheirRowsUsedAgain() {
    long bytes = 0;
    for (int generation = 0; generation < 6; generation++) {
      for (int i = 0; i < 500; i++) {
        Shard.Series gauge = shard.series(Labels.NAME, "x", "pod", generation + "-" + i);
        Shard.Series bucket =
            shard.series(Labels.NAME, "y_bucket", "le", "+Inf", "pod", generation + "-" + i);
        gauge.sample(time, i);
        bucket.sample(time, i);
      }
      assertThat(shard.table.size()).isEqualTo(1000);
      assertThat(shard.table.scored.size()).isEqualTo(1000);
      bytes = generation == 0 ? shard.table.bytes() : bytes;
      assertThat(shard.table.bytes()).isLessThanOrEqualTo(bytes + 10_000);
      assertThat(shard.table.histograms.top()).isEqualTo(500);
      time += 25 * HOUR;
      shard.scorer.sweep(shard.table, time);
      assertThat(shard.table.size()).isZero();
      assertThat(shard.table.scored.size()).isZero();
      assertThat(shard.table.scored.bytes()).isLessThan(bytes / 2);
    }
  }

  @Test
  void aSeriesThatHasMovedHasDriftedUntilItsModelHasFollowed() {
    Shard each = new Shard();
    Shard.Series still = each.series(Labels.NAME, "queue_length", "instance", "a");
    Shard.Series moving = each.series(Labels.NAME, "queue_length", "instance", "b");
    Random random = new Random(7);
    long time = Shard.START;
    for (int minute = 0; minute < 4 * 1_440; minute++) {
      time += 60_000;
      still.sample(time, 100 + random.nextGaussian());
      moving.sample(time, 100 + random.nextGaussian());
    }
    each.scorer.sweep(each.table, time);
    assertThat(each.scorer.drift()).isEqualTo(new Drift(2, 0));

    for (int minute = 0; minute < 30; minute++) {
      time += 60_000;
      still.sample(time, 100 + random.nextGaussian());
      moving.sample(time, 200 + random.nextGaussian());
    }
    each.scorer.sweep(each.table, time);
    assertThat(each.scorer.drift()).isEqualTo(new Drift(2, 1));

    for (int minute = 0; minute < 14 * 1_440; minute++) {
      time += 60_000;
      still.sample(time, 100 + random.nextGaussian());
      moving.sample(time, 200 + random.nextGaussian());
    }
    each.scorer.sweep(each.table, time);
    assertThat(each.scorer.drift()).isEqualTo(new Drift(2, 0));
  }

  @Test
  void theFindingOfASilentSeriesEndsOnceWhoeverNoticesFirst() throws IOException {
    Shard sweptOften = new Shard();
    Shard sweptOnce = new Shard();
    Shard sampled = new Shard();
    List<Shard> all = List.of(sweptOften, sweptOnce, sampled);
    for (Shard each : all) {
      Shard.Series series = each.series(Labels.NAME, "x");
      brokenAndThenSilent(each, series);
    }
    long later = Shard.START + 3 * HOUR;
    for (long at = time; at <= later; at += SeriesScorer.SWEEP_MILLIS) {
      sweptOften.scorer.sweep(sweptOften.table, at);
    }
    sweptOnce.restore();
    sweptOnce.scorer.sweep(sweptOnce.table, later);
    all.forEach(each -> each.series(Labels.NAME, "x").sample(later, 100));

    List<Finding> ended =
        sampled.findings.stream().filter(finding -> finding.phase() == Phase.ENDED).toList();
    assertThat(ended).hasSize(1);
    Finding last = ended.get(0);
    assertThat(last.time() % SeriesScorer.SWEEP_MILLIS).isZero();
    assertThat(last.time() - time).isBetween(300_000L, 600_000L);
    assertThat(sweptOften.findings).isEqualTo(sampled.findings);
    assertThat(sweptOnce.findings).isEqualTo(sampled.findings);
    assertThat(sweptOften.bytes()).isEqualTo(sampled.bytes());
    assertThat(sweptOnce.bytes()).isEqualTo(sampled.bytes());
  }

  /** Leaves {@link #time} at the last number; a stale marker comes four minutes later. */
  private void brokenAndThenSilent(Shard each, Shard.Series series) {
    for (int i = 0; i < 60; i++) {
      time = Shard.START + i * STEP;
      series.sample(time, i < 55 ? 100 + i % 3 : 900);
    }
    assertThat(each.strong()).hasSize(1);
    series.stale(time + 240_000);
  }

  @Test
  void aSweepAtItsTimeSaysNoEndThatIsOlder() {
    Shard.Series series = shard.series(Labels.NAME, "x");
    brokenAndThenSilent(shard, series);
    long first = (Shard.START / SeriesScorer.SWEEP_MILLIS + 1) * SeriesScorer.SWEEP_MILLIS;
    for (long at = first; at < Shard.START + 2 * HOUR; at += SeriesScorer.SWEEP_MILLIS) {
      int before = shard.findings.size();
      shard.scorer.sweep(shard.table, at);
      for (Finding finding : shard.findings.subList(before, shard.findings.size())) {
        assertThat(finding.time()).isEqualTo(at);
      }
    }
    assertThat(shard.findings.get(shard.findings.size() - 1).phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void aSeriesThatComesBackAfterItsExpiryStartsAnew() {
    Shard swept = new Shard();
    for (Shard each : List.of(shard, swept)) {
      Shard.Series series = each.series(Labels.NAME, "x");
      brokenAndThenSilent(each, series);
    }
    swept.scorer.sweep(swept.table, time + 25 * HOUR);
    time += 26 * HOUR;
    for (Shard each : List.of(shard, swept)) {
      Shard.Series series = each.series(Labels.NAME, "x");
      series.sample(time, 5);
      assertThat(each.findings.get(each.findings.size() - 1).phase()).isEqualTo(Phase.ENDED);
    }
    assertThat(shard.findings).isEqualTo(swept.findings);
    assertThat(shard.bytes()).isEqualTo(swept.bytes());
  }

  @Test
  void aSeriesThatIsOnlyAnnouncedIsKeptForItsTimeAndThenForgotten() {
    Shard.Series series = shard.series(Labels.NAME, "x");
    shard.scorer.sweep(shard.table, time);
    shard.scorer.sweep(shard.table, time + 23 * HOUR);
    assertThat(shard.scorer.knows(shard.table, series.hash)).isTrue();
    assertThat(shard.scorer.watched(shard.table, 0)).isEmpty();

    shard.scorer.sweep(shard.table, time + 25 * HOUR);
    assertThat(shard.scorer.knows(shard.table, series.hash)).isFalse();
    assertThat(shard.findings).isEmpty();
    assertThat(shard.table.scored.size()).isZero();
  }

  /** A summary without observations says NaN for days, and then a number. */
  @Test
  void aSeriesThatHasOnlyShownNotANumberIsNotSilent() {
    Shard.Series series = shard.series(Labels.NAME, "x_seconds", "quantile", "0.9");
    for (int i = 0; i < 40; i++) {
      time += HOUR;
      series.sample(time, Double.NaN);
      shard.scorer.sweep(shard.table, time);
    }
    series.sample(time + STEP, 0.1);
    time += STEP;
    for (int i = 0; i < 40; i++) {
      time += HOUR;
      series.sample(time, Double.NaN);
      shard.scorer.sweep(shard.table, time);
    }
    series.sample(time + STEP, 0.1);
    assertThat(shard.fates()).isEqualTo(Map.of(SampleFate.NON_FINITE, 80L, SampleFate.SCORED, 2L));
  }

  @Test
  void aKindToldLaterMakesACounterOfAGauge() throws IOException {
    Shard.Series series = shard.series(Labels.NAME, "requests");
    double counted = 0;
    for (int i = 0; i < 400; i++) {
      if (i == 30) {
        shard.scorer.metadata(shard.table, "requests", MetricKind.COUNTER);
        shard.scorer.metadata(shard.table, "requests", MetricKind.COUNTER);
      }
      if (i == 200) {
        shard.restore();
      }
      time += STEP;
      counted += 15 * noisy(i >= 390 ? 500 : 100);
      series.sample(time, counted);
    }
    assertThat(shard.fates()).isEqualTo(Map.of(SampleFate.SCORED, 400L));
    assertThat(shard.table.scored.size()).isEqualTo(1);
    assertThat(shard.strong()).hasSize(1);
    Finding last = shard.findings.get(shard.findings.size() - 1);
    assertThat(last.expected()).isBetween(80.0, 200.0);
    assertThat(last.unit()).isEqualTo("/s");
  }

  @Test
  void aKindToldWhileTheSeriesIsSilentIsHeededWhenItIsForgotten() {
    Shard.Series other = shard.series(Labels.NAME, "a");
    Shard.Series series = shard.series(Labels.NAME, "b");
    Shard.Series third = shard.series(Labels.NAME, "c");
    for (Shard.Series each : List.of(other, series, third)) {
      play(each, 100, 30);
    }
    play(series, 900, 5);
    // The row of the first is free when the second gives its own back.
    shard.scorer.metadata(shard.table, "a", MetricKind.INFO);
    other.sample(time += STEP, 1);
    shard.scorer.metadata(shard.table, "b", MetricKind.COUNTER);
    for (int i = 0; i < 300; i++) {
      third.sample(time += SeriesScorer.SWEEP_MILLIS, 100);
      shard.scorer.sweep(shard.table, time);
    }
    assertThat(shard.scorer.knows(shard.table, series.hash)).isFalse();
    assertThat(shard.table.size()).isEqualTo(1);
    assertThat(shard.table.scored.size()).isEqualTo(1);
    assertThat(shard.table.scored.top()).isLessThanOrEqualTo(3);
    assertThat(shard.findings.get(shard.findings.size() - 1).phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void aSilentSeriesThatTurnsOutToBeABucketOrIgnoredIsSweptAllTheSame() {
    for (MetricKind kind : List.of(MetricKind.HISTOGRAM, MetricKind.INFO)) {
      Shard each = new Shard();
      Shard.Series series =
          each.new Series(Labels.of(Labels.NAME, "x_bucket", "le", "1")) // a gauge at first
              .announce(MetricKind.GAUGE);
      play(series, 100, 30);
      series.announce(kind);
      each.scorer.sweep(each.table, time + HOUR);
      each.scorer.sweep(each.table, time + 30 * HOUR);
      assertThat(each.table.size()).isZero();
      assertThat(each.table.scored.size()).isZero();
    }
  }

  @Test
  void sendersThatDisagreeAboutAKindDoNotMakeItsSeriesStartAnew() {
    Shard.Series series = shard.series(Labels.NAME, "x");
    shard.scorer.metadata(shard.table, "x", MetricKind.UNKNOWN);
    shard.scorer.metadata(shard.table, "x", MetricKind.GAUGE);
    for (int i = 0; i < 100; i++) {
      shard.scorer.metadata(shard.table, "x", MetricKind.COUNTER);
      shard.scorer.metadata(shard.table, "x", MetricKind.GAUGE);
      play(series, 100, 1);
    }
    play(series, 500, 3);
    assertThat(shard.strong()).hasSize(1);
  }

  @Test
  void theKindThatASenderDeclaresCountsMoreThanItsName() {
    Shard.Series series =
        shard.new Series(Labels.of(Labels.NAME, "x_total")).announce(MetricKind.GAUGE);
    play(series, 100, 1);
    assertThat(shard.fates()).isEqualTo(Map.of(SampleFate.SCORED, 1L));
    series.announce(MetricKind.COUNTER);
    series.announce(MetricKind.UNKNOWN);
    play(series, 200, 1);
    assertThat(shard.findings).isEmpty();
    assertThat(shard.fates()).isEqualTo(Map.of(SampleFate.SCORED, 2L));
  }

  @Test
  void theUsualIntervalOutlivesAGap() {
    Shard.Series series = shard.series(Labels.NAME, "x");
    play(series, 100, 100);
    time += 20 * HOUR;
    play(series, 100, 1);
    play(series, 900, 3);
    Finding last = shard.findings.get(shard.findings.size() - 1);
    assertThat(last.intervalMillis()).isBetween(STEP, 2 * STEP);

    play(series, 100, 1);
    for (int i = 0; i < 60; i++) {
      time += 600_000 - STEP;
      play(series, 100, 1);
    }
    time += 600_000 - STEP;
    play(series, 900, 1);
    last = shard.findings.get(shard.findings.size() - 1);
    assertThat(last.intervalMillis()).isBetween(500_000L, 600_000L);
  }

  @Test
  void whatTocsinWritesItselfIsNotWatchedNotEvenItsHistograms() {
    for (String le : List.of("1", "2", "+Inf")) {
      play(shard.series(Labels.NAME, "tocsin_latency_seconds_bucket", "le", le), 1, 30);
    }
    play(shard.series(Labels.NAME, "tocsin_samples_total"), 1, 30);
    assertThat(shard.fates()).isEqualTo(Map.of(SampleFate.TRACKED, 120L));
    assertThat(shard.table.scored.size()).isZero();
    assertThat(shard.scorer.watched(shard.table, 0)).isEmpty();
  }

  @Test
  void aHistogramIsIgnoredWhenTheRuleOfItsQuantileSaysSo() {
    MetricRule rule =
        new MetricRule(
            new Glob("y_seconds:p95|z_seconds:p95"),
            Map.of(),
            Role.IGNORED,
            MetricRule.Side.UP,
            null,
            "",
            0,
            0,
            false);
    Shard ignoring = new Shard(SeriesSettings.DEFAULTS, Rules.of(List.of(rule)));
    new Traffic(5).play(new Traffic(5).events(200), ignoring.scorer, ignoring.table);

    assertThat(ignoring.findings).isNotEmpty();
    assertThat(ignoring.findings).noneMatch(finding -> finding.labels().metric().endsWith(":p95"));
    assertThat(ignoring.table.histograms.size()).isZero();
    assertThat(ignoring.table.nativeSeries).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-Infinity", "abc", " "})
  void aBucketWithoutABoundIsNotPartOfItsHistogram(String le) {
    Shard.Series odd = shard.series(Labels.NAME, "y_bucket", "le", le);
    odd.sample(time, 1);
    Shard.Series bucket = shard.series(Labels.NAME, "y_bucket", "le", "1");
    bucket.sample(time, 1);
    odd.sample(time + 25 * HOUR, 2);
    assertThat(shard.fates()).isEqualTo(Map.of(SampleFate.TRACKED, 2L, SampleFate.SCORED, 1L));
    assertThat(shard.table.scored.size()).isEqualTo(1);
  }

  @Test
  void theQuantileOfANativeHistogramIsScored() {
    Labels labels = Labels.of(Labels.NAME, "z_seconds", "service", "shop");
    Shard.Series series = shard.new Series(labels).announce(MetricKind.UNKNOWN);
    double fast = 0;
    double slow = 0;
    for (int i = 0; i < 100; i++) {
      time += STEP;
      fast += 60 + random.nextInt(5);
      slow += i > 90 ? 80 : 0;
      histogram(series, NativeSeriesTest.histogram(fast, 0, slow));
    }
    assertThat(shard.fates()).isEqualTo(Map.of(SampleFate.SCORED, 100L));
    assertThat(shard.strong()).hasSize(1);
    Finding finding = shard.findings.get(0);
    assertThat(finding.labels()).isEqualTo(labels.with(Labels.NAME, "z_seconds:p95"));
    assertThat(finding.unit()).isEqualTo("seconds");
    assertThat(shard.scorer.watched(shard.table, 0))
        .containsExactly(new Entity("", "", "", "shop", "", ""));
  }

  @Test
  void nativeHistogramsHaveTheFatesOfSamples() {
    Shard.Series series = shard.series(Labels.NAME, "z_seconds");
    NativeHistogram stale = new NativeHistogram();
    stale.total(0, Double.longBitsToDouble(StaleMarker.BITS), true);
    histogram(series, NativeSeriesTest.histogram(1, 0, 0));
    histogram(series, NativeSeriesTest.histogram(1, 0, 0));
    histogram(series, NativeSeriesTest.histogram(2, 0, 0));
    time += STEP;
    histogram(series, stale);
    time -= 1;
    histogram(series, NativeSeriesTest.histogram(9, 0, 0));
    series.sample(time + STEP, 5);

    assertThat(shard.fates())
        .isEqualTo(
            Map.of(
                SampleFate.SCORED, 1L,
                SampleFate.DUPLICATE, 1L,
                SampleFate.CONFLICT, 1L,
                SampleFate.STALE, 1L,
                SampleFate.LATE, 1L,
                SampleFate.TRACKED, 1L));
  }

  @Test
  void theWatchedAreThoseHeardOfSinceATime() {
    play(shard.series(Labels.NAME, "x", "service", "old"), 1, 1);
    time += HOUR;
    play(shard.series(Labels.NAME, "x", "service", "new", "pod", "a"), 1, 1);
    play(shard.series(Labels.NAME, "x_info", "service", "ignored"), 1, 1);

    assertThat(shard.scorer.watched(shard.table, time - STEP))
        .extracting(Entity::service)
        .containsExactly("new");
  }

  @Test
  void whoIsKnownByCallsAloneIsNotWatched() {
    String calls = "traces_service_graph_request_total";
    play(shard.series(Labels.NAME, calls, "client", "a", "server", "balancer"), 1, 1);
    play(shard.series(Labels.NAME, calls, "client", "a", "server", "b"), 1, 1);
    play(shard.series(Labels.NAME, "x", "service", "b"), 1, 1);

    assertThat(services(0)).containsExactly("b");
  }

  @Test
  void allThatIsWatchedIsToldAgainEachHour() {
    for (String service : List.of("a", "b")) {
      for (String le : List.of("1", "+Inf")) {
        play(shard.series(Labels.NAME, "y_bucket", "le", le, "service", service), 1, 2);
      }
      play(shard.series(Labels.NAME, "x", "service", service), 1, 2);
      play(shard.series(Labels.NAME, "z", "service", service, "node", "n"), 1, 2);
    }
    play(shard.series(Labels.NAME, "x", "service", "c"), 1, 2);

    long sweep = Sweep.after(time);
    long hour = HOUR * (time / HOUR + 1);
    assertThat(services(sweep)).containsExactly("a", "b", "c");
    assertThat(services(sweep)).isEmpty();
    time = hour - STEP;
    play(shard.series(Labels.NAME, "x", "service", "c"), 1, 1);
    play(shard.series(Labels.NAME, "y_bucket", "le", "1", "service", "a"), 1, 1);
    assertThat(services(hour)).containsExactly("a", "c");
  }

  private List<String> services(long sweep) {
    return shard.scorer.watched(shard.table, sweep).stream().map(Entity::service).toList();
  }

  private void histogram(Shard.Series series, NativeHistogram histogram) {
    shard.scorer.histogram(shard.table, series.hash, series.check, time, histogram, time);
  }

  private void play(Shard.Series series, double mean, int samples) {
    for (int i = 0; i < samples; i++) {
      time += STEP;
      series.sample(time, noisy(mean));
    }
  }

  private double noisy(double mean) {
    return mean * (1 + 0.02 * random.nextGaussian());
  }

  private static SeriesSettings limited(int series) {
    return new SeriesSettings(
        20,
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Duration.ofMinutes(5),
        Duration.ofHours(24),
        Duration.ofDays(14),
        series);
  }
}
