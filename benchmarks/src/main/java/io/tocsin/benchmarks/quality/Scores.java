// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.corpora.Subject;
import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;

/** What a candidate said of one subject: a score and whether an alarm was under way, everywhere. */
final class Scores {
  /** Progress is told each time so many times of a subject were seen. */
  private static final int TELL = 4096;

  private final Subject subject;
  private final double[][] scores;
  private final BitSet[] alarmed;

  private Scores(Subject subject) {
    this.subject = subject;
    scores = new double[subject.metrics()][subject.length()];
    alarmed = new BitSet[subject.metrics()];
    Arrays.setAll(alarmed, metric -> new BitSet());
  }

  /** Has a subject scored, in the order of its samples. */
  static Scores of(Subject subject, Candidate candidate, LongConsumer progress) {
    Scores scores = new Scores(subject);
    Scorer scorer = candidate.start(subject.metrics());
    int told = 0;
    for (int i = 0; i < subject.length(); i++) {
      scores.sample(i, scorer);
      if (i + 1 - told == TELL || i + 1 == subject.length()) {
        progress.accept((long) (i + 1 - told) * subject.metrics());
        told = i + 1;
      }
    }
    return scores;
  }

  private void sample(int index, Scorer scorer) {
    for (int metric = 0; metric < scores.length; metric++) {
      double value = subject.value(metric, index);
      if (!Double.isNaN(value)) {
        scores[metric][index] = scorer.score(metric, subject.time(index), value);
        alarmed[metric].set(index, scorer.alarmed(metric));
      }
    }
  }

  Subject subject() {
    return subject;
  }

  double[] of(int metric) {
    return scores[metric];
  }

  /** Where an alarm of a metric was under way. */
  IntPredicate alarmed(int metric) {
    return alarmed[metric]::get;
  }

  /** Where an alarm of any metric was under way. */
  IntPredicate alarmed() {
    BitSet any = new BitSet();
    for (BitSet metric : alarmed) {
      any.or(metric);
    }
    return any::get;
  }

  /** The highest score of all metrics at each time. */
  double[] highest() {
    if (scores.length == 1) {
      return scores[0];
    }
    double[] highest = new double[subject.length()];
    for (double[] metric : scores) {
      for (int i = 0; i < highest.length; i++) {
        highest[i] = Math.max(highest[i], metric[i]);
      }
    }
    return highest;
  }
}
