// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.corpora.Layout;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalTest {
  private final Goal score = new Goal("score", false, 0.5, 0.8);
  private final Goal alarms = new Goal("alarms", true, 0.5, 0.25);

  @Test
  void aGoalIsMetMissedOrSurpassed() {
    assertThat(score.verdict(0.5)).isEqualTo("met");
    assertThat(score.verdict(0.8)).isEqualTo("stretch met");
    assertThat(score.verdict(0.25)).isEqualTo("missed by 0.250");
    assertThat(alarms.verdict(0.5)).isEqualTo("met");
    assertThat(alarms.verdict(0.25)).isEqualTo("stretch met");
    assertThat(alarms.verdict(0.75)).isEqualTo("missed by 0.250");
  }

  @Test
  void theTableHoldsWhatWasMeasuredAndTheFalseAlarmsOfEveryCorpus() {
    Figures figures = new Figures();
    figures.put("shop.false_alarms_per_series_day", 0.5);
    figures.put("cost.ns_per_sample", 300);
    Corpus corpus = new Corpus("shop", Layout.SERVERS, "0", List.of(), List.of());
    assertThat(GoalsTable.of(figures, Goal.of(List.of(corpus))).lines().skip(2))
        .containsExactly(
            "| `shop.false_alarms_per_series_day` | ≤ 0.020 | ≤ 0.005 | 0.500 | missed by 0.480 |",
            "| `cost.ns_per_sample` | ≤ 1,000 | ≤ 400 | 300 | stretch met |",
            "");
  }
}
