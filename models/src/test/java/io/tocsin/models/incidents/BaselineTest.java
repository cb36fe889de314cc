// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.models.findings.Direction;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(7);

  private static double[] noise(int count, double level, double width) {
    return RANDOM.doubles(count, level - width, level + width).toArray();
  }

  private static Excursion excursion(Baseline baseline, double... values) {
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> 60_000L * i);
    return Excursion.of(baseline, new Excursion.Stretch(times, values, 0, values.length));
  }

  @Test
  void theUnitDoesNotMatter() {
    double[] megabytes = noise(100, 300, 5);
    double[] bytes = Arrays.stream(megabytes).map(value -> value * 1e6).toArray();
    assertThat(Baseline.of(bytes, false).severity(400e6))
        .isCloseTo(Baseline.of(megabytes, false).severity(400), within(1e-6));
  }

  @Test
  void neitherDoesItOfASeriesThatStoodStill() {
    double[] still = new double[100];
    Arrays.fill(still, 1e9);
    double[] small = new double[100];
    Arrays.fill(small, 1);
    assertThat(Baseline.of(still, false).severity(1.5e9))
        .isEqualTo(Baseline.of(small, false).severity(1.5));
  }

  @Test
  void aMinorityOfLateSamplesDoesNotSpoilTheMedian() {
    double[] values = noise(300, 100, 5);
    Arrays.fill(values, 250, 300, 900);
    assertThat(Baseline.of(values, false).median()).isBetween(95.0, 105.0);
  }

  @Test
  void aStepIsTheLeastOfASeriesThatComesInSteps() {
    double[] values = new double[100];
    Arrays.fill(values, 30, 60, 5);
    assertThat(Baseline.of(values, false).severity(5)).isLessThanOrEqualTo(1);
  }

  @Test
  void ofFewSamplesLittleIsKnown() {
    assertThat(Baseline.of(new double[] {10, 10}, false).severity(15))
        .isLessThan(Baseline.of(noise(100, 10, 1), false).severity(15));
  }

  @Test
  void countsJumpByChance() {
    assertThat(Baseline.of(new double[] {9, 9, 9, 9, 9, 9, 9, 9, 9}, true).severity(12))
        .isLessThan(1.01);
  }

  @Test
  void risesAndFallsAreMeasuredApart() {
    double[] values = noise(200, 100, 1);
    for (int i = 0; i < 10; i++) {
      values[i] = 500;
    }
    Baseline baseline = Baseline.of(values, false);
    assertThat(-baseline.severity(50)).isGreaterThan(baseline.severity(150));
  }

  @Test
  void aSlowRampIsDatedToWhereItBegan() {
    Baseline baseline = Baseline.of(noise(200, 100, 1), false);
    double[] ramp = new double[60];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = 100 + Math.max(0, i - 20);
    }
    Excursion excursion = excursion(baseline, ramp);
    assertThat(excursion.direction()).isEqualTo(Direction.UP);
    assertThat(excursion.onset()).isBetween(20 * 60_000L, 25 * 60_000L);
  }

  @Test
  void oneWildSampleIsLessThanManyThatStay() {
    Baseline baseline = Baseline.of(noise(200, 100, 1), false);
    double spike = excursion(baseline, 100, 100, 500, 100, 100, 100, 100, 100).severity();
    double step = excursion(baseline, 100, 100, 120, 120, 120, 120, 120, 120).severity();
    assertThat(step).isGreaterThan(spike);
  }
}
