// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CandidateCostTest {
  private final List<Integer> shards = new ArrayList<>();
  private final Set<String> told = new LinkedHashSet<>();

  /** Holds a hundred bytes a series, and nothing more. */
  private final class Plain implements Candidate {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public String title() {
      return "plain";
    }

    @Override
    public Scorer start(int series) {
      shards.add(series);
      byte[] held = new byte[100 * series];
      return new Scorer() {
        @Override
        public double score(int each, long time, double value) {
          return ++held[each];
        }

        @Override
        public boolean alarmed(int each) {
          return false;
        }
      };
    }
  }

  @Test
  void manySeriesAreSpreadOverShardsThatTakeThemAll() {
    CandidateCost cost = CandidateCost.of(new Plain(), 30_000, told::add);
    assertThat(shards).containsExactly(10_000, 10_000, 10_000);
    assertThat(cost.heapBytesPerSeries()).isCloseTo(100, within(20.0));
    assertThat(cost.allocatedBytesPerSample()).isLessThan(1);
    assertThat(cost.snapshotBytesPerSeries()).isNaN();
    assertThat(told)
        .startsWith(
            "cost of plain, 30,000 series",
            "cost of plain, 30,000 series, round 1",
            "cost of plain, 30,000 series, round 2");
  }
}
