// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.corpora.Subject;
import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What a candidate said of one subject: a score and whether an alarm was under way, everywhere. */
final class Scores {
  /** Progress is told each time so many samples were seen. */
  private static final int TELL = 4096;

  private final Subject subject;
  private final double[][] scores;
  private final BitSet[] alarmed;
  private final double @Nullable [] together;
  private final BitSet alarmedTogether = new BitSet();
  private long cpuNanos;

  private Scores(Subject subject, boolean judgedTogether) {
    this.subject = subject;
    together = judgedTogether ? new double[subject.length()] : null;
    scores = new double[subject.metrics()][subject.length()];
    alarmed = new BitSet[subject.metrics()];
    Arrays.setAll(alarmed, metric -> new BitSet());
  }

  /** Has a subject scored, in the order of its samples. */
  static Scores of(Subject subject, Candidate candidate, LongConsumer progress) {
    Scores scores = new Scores(subject, candidate.judgesTogether() && subject.metrics() > 1);
    if (candidate.judgesAlone()) {
      for (int metric = 0; metric < subject.metrics(); metric++) {
        scores.play(candidate.start(1), metric, metric + 1, progress);
      }
    } else {
      scores.play(candidate.start(subject.metrics()), 0, subject.metrics(), progress);
    }
    return scores;
  }

  /** Has some metrics scored together by a scorer that has so many series. */
  private void play(Scorer scorer, int from, int to, LongConsumer progress) {
    long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long untold = 0;
    for (int i = 0; i < subject.length(); i++) {
      for (int metric = from; metric < to; metric++) {
        double value = subject.value(metric, i);
        if (!Double.isNaN(value)) {
          scores[metric][i] = scorer.score(metric - from, subject.time(i), value);
          alarmed[metric].set(i, scorer.alarmed(metric - from));
        }
      }
      if (together != null) {
        together[i] = scorer.scoreTogether(subject.time(i));
        alarmedTogether.set(i, scorer.alarmedTogether());
      }
      untold += to - from;
      if (untold >= TELL || i + 1 == subject.length()) {
        progress.accept(untold);
        untold = 0;
      }
    }
    cpuNanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
  }

  /** CPU time that scoring took, without its beginning, in ns. */
  long cpuNanos() {
    return cpuNanos;
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

  /**
   * Where an alarm of the subject was under way: of any metric, unless it was judged as a whole.
   */
  IntPredicate alarmed() {
    if (together != null) {
      return alarmedTogether::get;
    }
    BitSet any = new BitSet();
    for (BitSet metric : alarmed) {
      any.or(metric);
    }
    return any::get;
  }

  /** Whether the subject was judged as a whole. */
  boolean judgedTogether() {
    return together != null;
  }

  /**
   * The score of the subject at each time: the highest of its metrics, unless judged as a whole.
   */
  double[] highest() {
    if (together != null) {
      return together;
    }
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
