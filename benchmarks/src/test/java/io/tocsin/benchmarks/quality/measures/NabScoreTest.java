// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.benchmarks.quality.corpora.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

class NabScoreTest {
  /** Ten rows, the first of which does not count, and a window of three. */
  private static NabFile file(int... detected) {
    double[] scores = new double[10];
    for (int row : detected) {
      scores[row] = 1;
    }
    return new NabFile(scores, List.of(new Segment(4, 6)));
  }

  private static double total(NabProfile profile, int... detected) {
    return file(detected).total(1, profile);
  }

  @Test
  void theFirstRowOfAWindowIsWorthAll() {
    assertThat(total(NabProfile.STANDARD, 4)).isCloseTo(1, within(1e-12));
  }

  @Test
  void laterRowsOfAWindowAreWorthLessAndOnlyTheBestCounts() {
    // S(-1/3) / S(-1) = 0.682262 / 0.986614
    assertThat(total(NabProfile.STANDARD, 6)).isCloseTo(0.691519, within(1e-6));
    assertThat(total(NabProfile.STANDARD, 4, 5, 6)).isCloseTo(1, within(1e-12));
  }

  @Test
  void aMissedWindowCostsWhatTheProfileSays() {
    assertThat(total(NabProfile.STANDARD)).isEqualTo(-1);
    assertThat(total(NabProfile.LOW_FN)).isEqualTo(-2);
  }

  @Test
  void aFalseAlarmBeforeAllWindowsCostsAllOfItsWeight() {
    assertThat(total(NabProfile.STANDARD, 2, 4)).isCloseTo(1 - 0.11, within(1e-12));
    assertThat(total(NabProfile.LOW_FP, 2, 4)).isCloseTo(1 - 0.22, within(1e-12));
  }

  @Test
  void aFalseAlarmAfterAWindowCostsMoreTheFurtherItIs() {
    // S(2 / 2) = -0.986614, S(1 / 2) = -0.848284
    assertThat(total(NabProfile.STANDARD, 4, 8)).isCloseTo(1 - 0.11 * 0.986614, within(1e-6));
    assertThat(total(NabProfile.STANDARD, 4, 7)).isCloseTo(1 - 0.11 * 0.848284, within(1e-6));
  }

  @Test
  void whatLiesInProbationDoesNotCount() {
    assertThat(total(NabProfile.STANDARD, 0, 4)).isCloseTo(1, within(1e-12));
  }

  @Test
  void detectingNothingIsZeroAndDetectingAllAtOnceIsAHundred() {
    assertThat(NabScore.at(1, List.of(file()), NabProfile.LOW_FN).score()).isZero();
    assertThat(NabScore.best(List.of(file(4)), NabProfile.LOW_FN).score())
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void theBestThresholdIsOneForAllFiles() {
    double[] early = {0, 0, 0.6, 0, 0.8, 0, 0, 0, 0, 0};
    double[] late = {0, 0, 0.9, 0, 0.7, 0, 0, 0, 0, 0};
    List<NabFile> files =
        List.of(
            new NabFile(early, List.of(new Segment(4, 6))),
            new NabFile(late, List.of(new Segment(4, 6))));
    NabScore best = NabScore.best(files, NabProfile.STANDARD);
    assertThat(best.threshold()).isEqualTo(0.7);
    // Two hits and one false alarm: (2 - 0.11 + 2) / 4
    assertThat(best.score()).isCloseTo(97.25, within(1e-9));
    assertThat(NabScore.at(0.7, files, NabProfile.STANDARD)).isEqualTo(best);
  }
}
