// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExcursionTest {
  private static final long MINUTE = 60_000;

  private static Excursion counted(int before, double... counts) {
    double[] loads = new double[counts.length];
    Arrays.fill(loads, 1);
    return counted(before, counts, loads);
  }

  private static Excursion counted(int before, double[] counts, double[] loads) {
    long[] times = new long[counts.length];
    Arrays.setAll(times, i -> MINUTE * i);
    return Excursion.of(new Excursion.Counts(times, counts, loads, before));
  }

  @Test
  void aFewInEachIntervalTellMoreTogether() {
    double one = counted(6, 0, 1, 0, 0, 1, 0, 4).severity();
    double three = counted(6, 0, 1, 0, 0, 1, 0, 4, 4, 4).severity();
    assertThat(three).isGreaterThan(one + 1);
  }

  @Test
  void whatFallsSilentDepartsToo() {
    Excursion silent = counted(6, 9, 11, 10, 8, 12, 10, 0, 0, 0);
    assertThat(silent.direction()).isEqualTo(Direction.DOWN);
    assertThat(silent.severity()).isGreaterThan(SuspectRanking.BOUNDARY);
  }

  @Test
  void whereThereIsLessToDoLessIsExpected() {
    double[] counts = {10, 10, 10, 10, 5, 5, 5};
    assertThat(counted(4, counts, new double[] {1, 1, 1, 1, 0.5, 0.5, 0.5}).severity()).isZero();
    assertThat(counted(4, counts).severity()).isGreaterThan(1);
  }

  @Test
  void itIsDatedToWhereItStandsOutMost() {
    assertThat(counted(5, 0, 0, 0, 0, 0, 0, 0, 6, 7, 6).onset()).isEqualTo(7 * MINUTE);
  }

  @Test
  void aLoneSampleAtTheEndOfSeveralIsNoneYet() {
    double[] usual = new double[100];
    Arrays.setAll(usual, i -> 10 + i % 3);
    Baseline baseline = Baseline.of(usual, false);
    long[] times = {0, 1, 2, 3};
    double[] values = {10, 11, 12, 900};
    Excursion.Stretch stretch = new Excursion.Stretch(times, values, 0, 4);
    assertThat(Excursion.of(baseline, stretch).severity()).isLessThan(1);
  }
}
