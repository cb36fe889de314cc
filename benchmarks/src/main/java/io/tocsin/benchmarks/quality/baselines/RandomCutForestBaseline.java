// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

import com.amazon.randomcutforest.parkservices.AnomalyDescriptor;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;

/**
 * AWS Random Cut Forest with its own threshold: 50 trees of 256 samples, shingles of 8, all else as
 * its authors set it. A grade above zero is its alarm.
 */
final class RandomCutForestBaseline implements Candidate {
  private static final int SHINGLE = 8;
  private static final int TREES = 50;
  private static final int SAMPLES = 256;
  private static final long SEED = 20_260_101;

  /** It takes about a thousand times the memory of the others. */
  private static final int COST_SERIES = 100;

  /** The most that is below the boundary. */
  private static final double BELOW = 0.99;

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
    return new EachAlone(series, Model::new);
  }

  @Override
  public int costSeries() {
    return COST_SERIES;
  }

  private static final class Model implements EachAlone.Model {
    private final ThresholdedRandomCutForest forest =
        new ThresholdedRandomCutForest.Builder<>()
            .dimensions(SHINGLE)
            .shingleSize(SHINGLE)
            .numberOfTrees(TREES)
            .sampleSize(SAMPLES)
            .randomSeed(SEED)
            .build();

    @Override
    public double score(long time, double value) {
      AnomalyDescriptor result = forest.process(new double[] {value}, time);
      double grade = result.getAnomalyGrade();
      double threshold = result.getThreshold();
      double ratio = threshold > 0 ? result.getRCFScore() / threshold : 0;
      return grade > 0 ? Math.max(1, ratio) : Math.min(BELOW, ratio);
    }
  }
}
