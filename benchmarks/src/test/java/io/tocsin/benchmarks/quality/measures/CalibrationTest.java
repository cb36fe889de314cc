// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Offset<Double> EXACT = within(1e-9);

  private final Calibration calibration = new Calibration();

  @Test
  void whoIsRightAsOftenAsTheySayHasNoError() {
    for (int i = 0; i < 4; i++) {
      calibration.add(0.75, i > 0);
    }
    assertThat(calibration.error()).isZero();
    assertThat(calibration.brier()).isCloseTo(0.1875, EXACT);
  }

  @Test
  void eachBinIsHeldAgainstHowOftenItWasRight() {
    calibration.add(0.9, true);
    calibration.add(1, false);
    calibration.add(0.1, true);
    calibration.add(0, false);
    assertThat(calibration.told(Calibration.BINS - 1)).isCloseTo(0.95, EXACT);
    assertThat(calibration.right(Calibration.BINS - 1)).isEqualTo(0.5);
    assertThat(calibration.error()).isCloseTo(0.45, EXACT);
    assertThat(calibration.told()).isEqualTo(calibration.right(), EXACT);
  }

  @Test
  void casesOfSeveralAreOne() {
    Calibration other = new Calibration();
    other.add(0.5, true);
    calibration.add(0.5, false);
    calibration.addAll(other);
    assertThat(calibration.cases()).isEqualTo(2);
    assertThat(calibration.error()).isZero();
    assertThat(calibration.brier()).isEqualTo(0.25);
  }
}
