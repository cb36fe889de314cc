// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;
import io.tocsin.benchmarks.quality.scorers.Shipped;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BaselinesTest {
  private static final long START = 1_704_067_200_000L;
  private static final int LENGTH = 1500;
  private static final int SPIKE = 1200;

  static Stream<Candidate> candidates() {
    return Stream.concat(Stream.of(new Shipped()), Baselines.all().stream());
  }

  private static double[] scores(Candidate candidate, int length) {
    SplittableRandom random = new SplittableRandom(3);
    Scorer scorer = candidate.start(1);
    double[] scores = new double[length];
    for (int i = 0; i < length; i++) {
      double value = 100 + random.nextDouble() + (i == SPIKE || i == SPIKE + 1 ? 50 : 0);
      scores[i] = scorer.score(0, START + i * 300_000L, value);
    }
    return scores;
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void theFirstScoresDoNotDependOnWhatFollows(Candidate candidate) {
    double[] whole = scores(candidate, LENGTH);
    assertThat(scores(candidate, 1000)).containsExactly(Arrays.copyOf(whole, 1000));
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void whatLooksAtTheSeriesSeesASpike(Candidate candidate) {
    double[] scores = scores(candidate, LENGTH);
    double most = Math.max(scores[SPIKE], scores[SPIKE + 1]);
    boolean looks = !candidate.name().equals("null") && !candidate.name().equals("random");
    assertThat(most >= 1).isEqualTo(looks);
  }

  @Test
  void theirNamesDiffer() {
    assertThat(candidates().map(Candidate::name)).doesNotHaveDuplicates();
  }
}
