// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingRulesTest {
  @ParameterizedTest
  @CsvSource({
    "http_requests_total, COUNTER",
    "http_request_duration_seconds_sum, COUNTER",
    "http_request_duration_seconds_count, COUNTER",
    "node_uname_info, INFO",
    "http_requests_created, INFO",
    "kube_pod_start_timestamp_seconds, INFO",
    "container_last_seen_timestamp, INFO",
    "node_load1, GAUGE",
    "up, GAUGE",
    "info, INFO",
    "ALERTS, STATE_SET",
    "ALERTS_FOR_STATE, INFO",
    "my_bucket, GAUGE",
    "'', GAUGE",
  })
  void theNameTellsTheKind(String metric, MetricKind kind) {
    assertThat(NamingRules.kindOf(Labels.of(Labels.NAME, metric))).isEqualTo(kind);
  }

  @Test
  void aBucketIsToldByItsLabel() {
    assertThat(NamingRules.kindOf(Labels.of(Labels.NAME, "x_seconds_bucket", "le", "0.1")))
        .isEqualTo(MetricKind.HISTOGRAM);
  }

  @Test
  void aQuantileIsAGauge() {
    assertThat(NamingRules.kindOf(Labels.of(Labels.NAME, "x_seconds", "quantile", "0.9")))
        .isEqualTo(MetricKind.GAUGE);
  }

  @ParameterizedTest
  @CsvSource({
    "process_resident_memory_bytes, GAUGE, bytes",
    "node_network_receive_bytes_total, COUNTER, bytes/s",
    "http_requests_total, COUNTER, /s",
    "node_cpu_seconds_total, COUNTER, seconds/s",
    "x_seconds_sum, COUNTER, seconds/s",
    "x_seconds_count, COUNTER, /s",
    "http_server_requests_seconds:p95, GAUGE, seconds",
    "istio_request_duration_milliseconds:p95, GAUGE, milliseconds",
    "x_seconds_sum, HISTOGRAM, seconds/s",
    "x_seconds_count, SUMMARY, /s",
    "x_seconds:p95, HISTOGRAM, seconds",
    "x_seconds, SUMMARY, seconds",
    "x_seconds_bucket, HISTOGRAM, seconds",
    "cache_hit_ratio, GAUGE, ratio",
    "node_hwmon_temp_celsius, GAUGE, celsius",
    "node_load1, GAUGE, ''",
    "seconds, GAUGE, ''",
    "'', GAUGE, ''",
  })
  void theNameTellsTheUnitOfWhatIsScored(String metric, MetricKind kind, String unit) {
    assertThat(NamingRules.unitOf(metric, kind)).isEqualTo(unit);
  }
}
