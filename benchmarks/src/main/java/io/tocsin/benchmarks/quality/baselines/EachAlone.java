// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.baselines;

import io.tocsin.benchmarks.quality.scorers.Scorer;
import java.util.function.Supplier;

/** Judges each series by a model of its own; an alarm lasts as long as the boundary is reached. */
final class EachAlone implements Scorer {

  /** Judges one series. */
  interface Model {
    /** Judges a sample, then learns it. */
    double score(long time, double value);
  }

  private final Model[] models;
  private final boolean[] alarmed;

  EachAlone(int series, Supplier<Model> model) {
    models = new Model[series];
    alarmed = new boolean[series];
    for (int i = 0; i < series; i++) {
      models[i] = model.get();
    }
  }

  @Override
  public double score(int series, long time, double value) {
    double score = models[series].score(time, value);
    alarmed[series] = score >= 1;
    return score;
  }

  @Override
  public boolean alarmed(int series) {
    return alarmed[series];
  }
}
