// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.benchmarks.quality.corpora.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void averagePrecisionIsTheMeanPrecisionAtTheLabelledPoints() {
    AveragePrecision precision = new AveragePrecision();
    precision.add(
        new double[] {9, 0.9, 0.8, 0.7, 0.6}, new boolean[] {false, true, false, true, false}, 1);
    // 1 of 1, then 2 of 3; the first point is left out
    assertThat(precision.value()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-12));
  }

  @Test
  void scoresThatSayNothingHaveTheShareOfLabelledPoints() {
    AveragePrecision precision = new AveragePrecision();
    precision.add(new double[4], new boolean[] {true, false, false, false}, 0);
    assertThat(precision.value()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void causesAreSoughtAmongTheFirstMetrics() {
    RootCauses causes = new RootCauses();
    causes.add(new Segment(0, 1, List.of(1, 3)), List.of(5.0, 4.0, 3.0, 2.0));
    assertThat(causes.hitRate100()).isEqualTo(0.5);
    assertThat(causes.hitRate150()).isEqualTo(0.5);
    assertThat(causes.meanReciprocalRank()).isEqualTo(0.5);
  }

  @Test
  void aSegmentWithoutLabelledCausesDoesNotCount() {
    RootCauses causes = new RootCauses();
    causes.add(new Segment(0, 1), List.of(1.0, 2.0));
    assertThat(causes.segments()).isZero();
  }
}
