// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;
import java.util.List;
import java.util.function.Supplier;

/** All baselines. */
public final class Baselines {
  private Baselines() {}

  /** In the order of tables. */
  public static List<Candidate> all() {
    return List.of(
        new Simple("null", "null", () -> (time, value) -> 0),
        new Simple("random", "random", RandomScore::new),
        new Simple("range", "range novelty", RangeNovelty::new),
        new Simple("ewz", "exponentially weighted z", WeightedZ::new),
        new Simple("seasonal", "seasonal z", SeasonalZ::new),
        new RandomCutForestBaseline());
  }

  private record Simple(String name, String title, Supplier<EachAlone.Model> model)
      implements Candidate {
    @Override
    public Scorer start(int series) {
      return new EachAlone(series, model);
    }
  }
}
