// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.series.Drift;
import java.util.stream.Stream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final MetricListener metrics = new MetricListener();

  private long counter(String... name) {
    return metrics.getCounter(name).map(Counter::getCount).orElse(0L);
  }

  private Object gauge(String... name) {
    return metrics.<Object>getGauge(name).map(Gauge::getValue).orElseThrow();
  }

  @Test
  void aDurationCountsInEveryBucketThatItFitsIn() {
    DurationHistogram histogram =
        new DurationHistogram(metrics.getMetricGroup(), "tocsin_x_seconds", 0.1, 1);
    for (long millis : new long[] {50, 500, 5_000, -7}) {
      histogram.observeNanos(millis * 1_000_000);
    }

    assertThat(counter("le", "0.1", "tocsin_x_seconds_bucket")).isEqualTo(2);
    assertThat(counter("le", "1.0", "tocsin_x_seconds_bucket")).isEqualTo(3);
    assertThat(counter("le", "+Inf", "tocsin_x_seconds_bucket")).isEqualTo(4);
    assertThat(counter("tocsin_x_seconds_count")).isEqualTo(4);
    assertThat(gauge("tocsin_x_seconds_sum")).isEqualTo(5.55);
  }

  @Test
  void recordsAreCountedAndThoseSetAsideByReason() {
    RecordCounters records =
        new RecordCounters(metrics.getMetricGroup(), Stream.of("malformed", "no_value"));
    Counter consumed = RecordCounters.consumed(metrics.getMetricGroup(), "tocsin.logs", "json");
    consumed.inc(2);
    records.rejected("malformed");
    records.rejected("malformed");

    assertThat(counter("topic", "tocsin.logs", "format", "json", "tocsin_records_consumed_total"))
        .isEqualTo(2);
    assertThat(counter("reason", "malformed", "tocsin_records_rejected_total")).isEqualTo(2);
    assertThat(counter("reason", "no_value", "tocsin_records_rejected_total")).isZero();
  }

  @Test
  void aSubtaskTellsWhichShareOfAllItsSeriesHasMoved() {
    ModelMetrics models = new ModelMetrics(metrics.getMetricGroup(), "band");
    assertThat(gauge("model", "band", "tocsin_model_drift_ratio")).isEqualTo(0.0);
    models.note(1, new Drift(30, 9));
    models.note(2, new Drift(10, 1));
    models.note(1, new Drift(30, 3));
    models.judged(7);
    models.late(2);
    models.learned(1_700_000_000_500L);
    models.learned(1_700_000_000_000L);

    assertThat(gauge("model", "band", "tocsin_model_drift_ratio")).isEqualTo(0.1);
    assertThat(gauge("model", "band", "tocsin_model_last_update_timestamp_seconds"))
        .isEqualTo(1_700_000_000.5);
    assertThat(counter("model", "band", "tocsin_scores_total")).isEqualTo(7);
    assertThat(counter("tocsin_late_records_total")).isEqualTo(2);
  }

  @Test
  void whatJudgingCostsIsItsTimeAtThePriceOfACore() {
    DurationHistogram spent =
        new DurationHistogram(metrics.getMetricGroup(), "tocsin_x_seconds", 1);
    Cost.of(metrics.getMetricGroup(), "band", 0.04, spent);
    Cost together = Cost.of(metrics.getMetricGroup(), "together", 0.04);
    spent.observeNanos(1_800_000_000_000L);
    together.since(System.nanoTime() - 3_600_000_000_000L);

    assertThat(gauge("detector", "band", "tocsin_cost_usd_total")).isEqualTo(0.02);
    assertThat((double) gauge("detector", "together", "tocsin_cost_usd_total"))
        .isBetween(0.04, 0.041);
  }

  @Test
  void aSubtaskHasWhatAllItsShardsHave() {
    StateSize sizes = new StateSize(metrics.getMetricGroup());
    sizes.note(1, 10, 1_000);
    sizes.note(2, 20, 3_000);
    sizes.note(1, 11, 1_200);
    sizes.note(1, 12);
    sizes.forgot(3);
    assertThat(gauge("tocsin_series_active")).isEqualTo(32L);
    assertThat(gauge("tocsin_state_bytes")).isEqualTo(4_200L);
    assertThat(counter("reason", "silent", "tocsin_series_evicted_total")).isEqualTo(3);

    sizes.note(2, 0, 0);
    assertThat(gauge("tocsin_series_active")).isEqualTo(12L);
  }
}
