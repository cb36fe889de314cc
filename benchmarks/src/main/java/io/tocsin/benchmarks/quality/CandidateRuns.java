// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.corpora.Subject;
import io.tocsin.benchmarks.quality.scorers.Candidate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Has candidates score all corpora, one after the other, and shows how far that is. */
final class CandidateRuns {
  /** For the compiler, before anything is timed. */
  private static final long WARM_UP_NANOS = 3_000_000_000L;

  private final List<Corpus> corpora;
  private final List<Candidate> candidates;
  private final ProgressBar bar;

  CandidateRuns(List<Corpus> corpora, List<? extends Candidate> candidates) {
    this.corpora = corpora;
    this.candidates = List.copyOf(candidates);
    bar =
        new ProgressBar(
            System.err, Boolean.getBoolean("tocsin.terminal"), samples() * candidates.size());
  }

  private long samples() {
    return corpora.stream().mapToLong(Corpus::samples).sum();
  }

  /**
   * The figures of each candidate, by its name.
   *
   * @param cost what a candidate costs apart from the corpora; it tells what it does
   */
  Map<String, Figures> figures(BiFunction<Candidate, Consumer<String>, Figures> cost) {
    Map<String, Figures> figures = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      // First, while its code is compiled for nothing else, as in a process that does nothing else.
      bar.begin("cost of " + candidate.title());
      Figures of = cost.apply(candidate, bar::tell);
      warmUp(candidate);
      of.putAll("", onCorpora(candidate));
      figures.put(candidate.name(), of);
    }
    bar.end();
    return figures;
  }

  /** Has some subjects scored; at least one, and none any more when the time is over. */
  private void warmUp(Candidate candidate) {
    bar.begin(candidate.title() + " warms up");
    long end = System.nanoTime() + WARM_UP_NANOS;
    for (Corpus corpus : corpora) {
      for (Subject subject : corpus.subjects()) {
        Scores unused = Scores.of(subject, candidate, samples -> {});
        if (System.nanoTime() - end > 0) {
          return;
        }
      }
    }
  }

  private Figures onCorpora(Candidate candidate) {
    Figures figures = new Figures();
    long cpuNanos = 0;
    for (Corpus corpus : corpora) {
      bar.begin(candidate.title() + " on " + corpus.name());
      List<Scores> scores = scores(corpus, candidate);
      cpuNanos += scores.stream().mapToLong(Scores::cpuNanos).sum();
      figures.putAll("", Measurement.of(corpus, scores));
    }
    figures.put("cost.ns_per_sample_of_corpora", (double) cpuNanos / samples());
    return figures;
  }

  /** Subjects know nothing of each other, so that their order does not matter. */
  private List<Scores> scores(Corpus corpus, Candidate candidate) {
    return corpus.subjects().parallelStream()
        .map(subject -> Scores.of(subject, candidate, bar::add))
        .toList();
  }
}
