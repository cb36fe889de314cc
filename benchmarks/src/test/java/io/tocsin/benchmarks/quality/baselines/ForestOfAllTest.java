// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForestOfAllTest {
  private static final long START = 1_704_067_200_000L;

  @Test
  void anAlarmIsOneOfTheSeriesWithTheLargestPart() {
    SplittableRandom random = new SplittableRandom(3);
    ForestOfAll forest = new ForestOfAll(3);
    double score = 0;
    for (int i = 0; i <= 1000; i++) {
      for (int series = 0; series < 3; series++) {
        boolean spike = i == 1000 && series == 1;
        forest.score(series, START + i * 60_000L, random.nextDouble() + (spike ? 50 : 0));
      }
      score = forest.scoreTogether(START + i * 60_000L);
    }
    assertThat(score).isGreaterThanOrEqualTo(1);
    assertThat(forest.alarmedTogether()).isTrue();
    assertThat(forest.alarmed(0)).isFalse();
    assertThat(forest.alarmed(1)).isTrue();
    assertThat(forest.alarmed(2)).isFalse();
    assertThat(forest.partOfTogether(1)).isGreaterThan(score / 2);
  }
}
