// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CauseAccuracyTest {
  private final CauseAccuracy accuracy = new CauseAccuracy();

  @Test
  void aCauseInTheSecondPlaceCountsFromTwoOn() {
    accuracy.add(List.of("a", "b", "c"), Set.of("b"));
    assertThat(accuracy.at(1)).isZero();
    assertThat(accuracy.at(3)).isEqualTo(1);
    assertThat(accuracy.average()).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void whoNamesNobodyMisses() {
    accuracy.add(List.of(), Set.of("b"));
    accuracy.add(List.of("b"), Set.of("b"));
    assertThat(accuracy.at(1)).isEqualTo(0.5);
    assertThat(accuracy.failures()).isEqualTo(2);
  }

  @Test
  void oneOfSeveralRightNamesIsEnough() {
    accuracy.add(List.of("b"), Set.of("a", "b"));
    assertThat(accuracy.at(1)).isEqualTo(1);
  }
}
