// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.jobs.local.LocalRunException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PipelineSettingsTest {
  private static PipelineSettings settings(
      int series, int minutes, int rounds, int size, int many, int live) {
    return new PipelineSettings(
        Set.of(Part.P1), series, minutes, rounds, List.of(), List.of(size), many, live);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 60, 4, 1000, 1000, 40, --series must be between 200",
    "1000, 0, 4, 1000, 1000, 40, --minutes must be between 1",
    "1000, 60, 0, 1000, 1000, 40, --rounds must be between 1",
    "1000, 60, 4, 5, 1000, 40, --sizes must be between 200",
    "1000, 60, 4, 1000, -1, 40, --many-series must be between 200",
    "1000, 60, 4, 1000, 1000, 0, --live must be between 1"
  })
  void whatCannotBeMeasuredIsRefusedByTheNameOfTheOption(
      int series, int minutes, int rounds, int size, int many, int live, String said) {
    assertThatThrownBy(() -> settings(series, minutes, rounds, size, many, live))
        .isInstanceOf(LocalRunException.class)
        .hasMessageContaining(said);
  }

  @Test
  void fewSeriesAreScrapedForLongerSoThatAPassIsLongEnough() {
    PipelineSettings settings = settings(1000, 60, 4, 1000, 1000, 40);
    assertThat(settings.minutesOf(10_000)).isEqualTo(625);
    assertThat(settings.minutesOf(100_000)).isEqualTo(63);
    assertThat(settings.minutesOf(1_000_000)).isEqualTo(15);
  }
}
