// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.benchmarks.quality.corpora.Segment;
import io.tocsin.benchmarks.quality.corpora.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelayedF1Test {
  private static final int LENGTH = 100;

  private static double f1(int... detected) {
    DelayedF1 delayed = new DelayedF1();
    Subject subject = Subjects.minutes(LENGTH, 0, new Segment(10, 29), new Segment(60, 69));
    delayed.add(subject, Subjects.ones(LENGTH, detected));
    return delayed.at(1);
  }

  @Test
  void aSegmentCountsWithAllItsPointsWhenOneOfItsFirstEightIsDetected() {
    // 20 of 30 points
    assertThat(f1(17)).isCloseTo(2 * 20.0 / (2 * 20 + 10), within(1e-12));
  }

  @Test
  void aSegmentDetectedLaterIsMissed() {
    assertThat(f1(18)).isZero();
  }

  @Test
  void falseAlarmsCountByPoints() {
    // 30 points found, 3 wrong
    assertThat(f1(10, 60, 40, 41, 90)).isCloseTo(60.0 / 63, within(1e-12));
  }

  @Test
  void whatIsMissingOnTheGridIsHealthyAndSplitsASegment() {
    long[] times = {0, 60_000, 120_000, 240_000, 300_000};
    Subject subject = new Subject("gap", times, new double[1][5], 0, List.of(new Segment(1, 4)));
    DelayedF1 delayed = new DelayedF1();
    delayed.add(subject, Subjects.ones(5, 1));
    // Two segments of two points, the second of which is missed.
    assertThat(delayed.at(1)).isCloseTo(4.0 / 6, within(1e-12));
  }

  @Test
  void theOracleTakesTheBestThreshold() {
    double[] scores = Subjects.ones(LENGTH, 40);
    scores[10] = 0.8;
    scores[60] = 0.7;
    DelayedF1 delayed = new DelayedF1();
    delayed.add(Subjects.minutes(LENGTH, 0, new Segment(10, 29), new Segment(60, 69)), scores);
    assertThat(delayed.at(1)).isZero();
    assertThat(delayed.oracle()).isCloseTo(60.0 / 61, within(1e-12));
  }
}
