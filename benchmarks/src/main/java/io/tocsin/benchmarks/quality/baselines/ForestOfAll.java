// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

import io.tocsin.benchmarks.quality.scorers.Scorer;

/**
 * One forest for all series of a subject. Its alarm counts for the series that has most part in it;
 * a series without a value at some time has its last one.
 */
final class ForestOfAll implements Scorer {
  private final Forest forest;
  private final double[] values;
  private boolean alarmed;
  private int most;

  ForestOfAll(int series) {
    forest = new Forest(series);
    values = new double[series];
  }

  @Override
  public double score(int series, long time, double value) {
    values[series] = value;
    return 0;
  }

  @Override
  public double scoreTogether(long time) {
    double score = forest.score(time, values.clone());
    alarmed = score >= 1;
    most = 0;
    for (int i = 1; i < values.length; i++) {
      most = forest.part(i) > forest.part(most) ? i : most;
    }
    return score;
  }

  @Override
  public boolean alarmedTogether() {
    return alarmed;
  }

  @Override
  public double partOfTogether(int series) {
    return forest.part(series);
  }

  @Override
  public boolean alarmed(int series) {
    return alarmed && series == most;
  }
}
