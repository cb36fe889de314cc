// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.health;

import static org.assertj.core.api.Assertions.assertThat;

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

  private Object gauge(String name) {
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
    records.consumed();
    records.consumed();
    records.rejected("malformed");
    records.rejected("malformed");

    assertThat(counter("tocsin_records_consumed_total")).isEqualTo(2);
    assertThat(counter("reason", "malformed", "tocsin_records_rejected_total")).isEqualTo(2);
    assertThat(counter("reason", "no_value", "tocsin_records_rejected_total")).isZero();
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
