// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

import com.amazon.randomcutforest.parkservices.AnomalyDescriptor;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;

/**
 * A thresholded Random Cut Forest: 50 trees of 256 samples, shingles of 8, all else as its authors
 * set it. A grade above zero is its alarm.
 */
final class Forest {
  private static final int SHINGLE = 8;
  private static final int TREES = 50;
  private static final int SAMPLES = 256;
  private static final long SEED = 20_260_101;

  /** The most that is below the boundary. */
  private static final double BELOW = 0.99;

  private final ThresholdedRandomCutForest forest;
  private final double[] parts;

  /** For so many series that are sampled together. */
  Forest(int series) {
    parts = new double[series];
    forest =
        new ThresholdedRandomCutForest.Builder<>()
            .dimensions(SHINGLE * series)
            .shingleSize(SHINGLE)
            .numberOfTrees(TREES)
            .sampleSize(SAMPLES)
            .randomSeed(SEED)
            .build();
  }

  /** Judges a sample of the only series, then learns it. */
  double score(long time, double value) {
    return score(time, new double[] {value});
  }

  /** Judges a sample of each series, then learns them. */
  double score(long time, double[] values) {
    AnomalyDescriptor result = forest.process(values, time);
    double grade = result.getAnomalyGrade();
    double threshold = result.getThreshold();
    double ratio = threshold > 0 ? result.getRCFScore() / threshold : 0;
    double score = grade > 0 ? Math.max(1, ratio) : Math.min(BELOW, ratio);
    divide(score, grade > 0 ? result.getRelevantAttribution() : new double[0]);
    return score;
  }

  /** Divides a score by what the forest attributes to each series, which it does for alarms. */
  private void divide(double score, double[] attribution) {
    double all = 0;
    for (double each : attribution) {
      all += each;
    }
    for (int i = 0; i < parts.length; i++) {
      parts[i] = all > 0 ? score * attribution[i] / all : 0;
    }
  }

  /** How much of the last score is this series'; nothing without an alarm. */
  double part(int series) {
    return parts[series];
  }
}
