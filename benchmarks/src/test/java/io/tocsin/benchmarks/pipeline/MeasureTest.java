// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class MeasureTest {
  @Test
  void aFigureIsHeldAgainstBarAndGoal() {
    assertThat(Measure.table(Map.of("p9.p99_ms", 400.0))).contains("| goal met |");
    assertThat(Measure.table(Map.of("p9.p99_ms", 1200.0))).contains("| met |");
    assertThat(Measure.table(Map.of("p9.p99_ms", 2100.0))).contains("| **missed** |");
  }

  @Test
  void nothingIsSaidOfRatiosThatLieTooFarApart() {
    assertThat(Measure.table(Map.of("p1.ratio", 2.0, "p1.spread", 0.3))).contains("inconclusive");
    assertThat(Measure.table(Map.of("p1.ratio", 2.0, "p1.spread", 0.1))).contains("| goal met |");
  }

  @Test
  void whatWasNotMeasuredHasNoTable() {
    assertThat(Measure.table(Map.of())).isEmpty();
  }
}
