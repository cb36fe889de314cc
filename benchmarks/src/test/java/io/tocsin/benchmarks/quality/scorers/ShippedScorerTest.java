// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShippedScorerTest {
  private static final long START = 1_704_067_200_000L;

  private final SplittableRandom random = new SplittableRandom(7);

  private long time(int i) {
    return START + i * 60_000L;
  }

  @Test
  void aLevelShiftRaisesAnAlarmThatIsNoNewsAtTheNextSample() {
    Scorer scorer = new Shipped().start(1);
    for (int i = 0; i < 500; i++) {
      scorer.score(0, time(i), 100 + random.nextDouble());
    }
    assertThat(scorer.alarmed(0)).isFalse();
    assertThat(scorer.score(0, time(500), 200)).isGreaterThanOrEqualTo(1);
    assertThat(scorer.alarmed(0)).isTrue();
    assertThat(scorer.score(0, time(501), 200)).isLessThan(1);
    assertThat(scorer.alarmed(0)).isTrue();
  }

  @Test
  void seriesOfASubjectAreToldApart() {
    Scorer scorer = new Shipped().start(2);
    for (int i = 0; i < 500; i++) {
      scorer.score(0, time(i), 100 + random.nextDouble());
      scorer.score(1, time(i), 100 + random.nextDouble());
    }
    for (int i = 500; i < 503; i++) {
      scorer.score(0, time(i), 100);
      scorer.score(1, time(i), 200);
    }
    assertThat(scorer.alarmed(0)).isFalse();
    assertThat(scorer.alarmed(1)).isTrue();
  }

  @Test
  void aSampleThatIsNotTakenInScoresNothing() {
    Scorer scorer = new Shipped().start(1);
    for (int i = 0; i < 500; i++) {
      scorer.score(0, time(i), 100 + random.nextDouble());
    }
    assertThat(scorer.score(0, time(400), 200)).isZero();
  }
}
