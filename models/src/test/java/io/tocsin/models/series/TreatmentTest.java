// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreatmentTest {
  @ParameterizedTest
  @CsvSource({
    "x, '', GAUGE, EVIDENCE, GAUGE",
    "x, '', UNKNOWN, EVIDENCE, GAUGE",
    "x, '', GAUGE, IGNORED, IGNORED",
    "x_total, '', COUNTER, SYMPTOM, COUNTER",
    "x_total, '', COUNTER, IGNORED, IGNORED",
    "x_info, '', INFO, EVIDENCE, IGNORED",
    "x, '', STATE_SET, EVIDENCE, IGNORED",
    "x_bucket, 1, HISTOGRAM, EVIDENCE, BUCKET",
    "x_bucket, 1, HISTOGRAM, IGNORED, BUCKET",
    "x_bucket, 1, COUNTER, EVIDENCE, BUCKET",
    "x_bucket, 1, UNKNOWN, EVIDENCE, BUCKET",
    "x_bucket, 1, GAUGE_HISTOGRAM, EVIDENCE, GAUGE",
    "x_bucket, 1, GAUGE, EVIDENCE, GAUGE",
    "x_bucket, '', GAUGE, EVIDENCE, GAUGE",
    "x_sum, '', HISTOGRAM, EVIDENCE, COUNTER",
    "x_count, '', HISTOGRAM, EVIDENCE, COUNTER",
    "x_count, '', SUMMARY, EVIDENCE, COUNTER",
    "x_count, '', HISTOGRAM, IGNORED, IGNORED",
    "x, '', SUMMARY, EVIDENCE, GAUGE",
    "x, '', HISTOGRAM, EVIDENCE, HISTOGRAM",
    "x, '', HISTOGRAM, IGNORED, HISTOGRAM",
    "x, '', GAUGE_HISTOGRAM, EVIDENCE, GAUGE",
  })
  void theTreatmentFollowsFromNameKindAndRole(
      String metric, String le, MetricKind kind, Role role, Treatment treatment) {
    Labels labels = Labels.of(Labels.NAME, metric).with("le", le);
    assertThat(Treatment.of(labels, kind, role)).isEqualTo(treatment);
  }

  @Test
  void theCodesInTheStateAreFixed() {
    assertThat(Treatment.values())
        .extracting(Treatment::code)
        .containsExactly((byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5);
    for (Treatment treatment : Treatment.values()) {
      assertThat(Treatment.of(treatment.code())).isEqualTo(treatment);
    }
  }
}
