// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;

/**
 * AWS Random Cut Forest with its own threshold. A series has a forest of its own; several series of
 * one subject have one together, as the forest's authors mean it for what is sampled together.
 */
final class RandomCutForestBaseline implements Candidate {
  /** It takes about a thousand times the memory of the others. */
  private static final int COST_SERIES = 100;

  @Override
  public String name() {
    return "rcf";
  }

  @Override
  public String title() {
    return "AWS RCF";
  }

  @Override
  public Scorer start(int series) {
    return new EachAlone(series, () -> new Forest(1)::score);
  }

  @Override
  public boolean judgesTogether() {
    return true;
  }

  @Override
  public Scorer startTogether(int series) {
    return new ForestOfAll(series);
  }

  @Override
  public int costSeries() {
    return COST_SERIES;
  }
}
