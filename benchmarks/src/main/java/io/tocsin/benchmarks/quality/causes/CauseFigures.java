// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Measures all there is to tell of failures: what is shipped, without each source, and baselines.
 */
public final class CauseFigures {
  private final BiConsumer<String, Double> figures;

  /** Tells figures by name as they are measured. */
  public CauseFigures(BiConsumer<String, Double> figures) {
    this.figures = figures;
  }

  /** How often {@link #corpus} tells its progress. */
  public static int steps(FailureCorpus corpus) {
    return corpus.failures().size() + 1;
  }

  /** Measures a corpus. */
  public void corpus(FailureCorpus corpus, Runnable progress) {
    String name = corpus.name() + ".";
    CauseRun run = new CauseRun(corpus);
    run.detect(progress);
    ShippedRanker shipped = new ShippedRanker();
    BiConsumer<String, Double> told = (figure, value) -> put(name + figure, value);
    run.detection(told);
    run.accuracy(shipped, told);
    run.findings(shipped, told);
    run.specificity(shipped, told);
    run.changes(shipped, told);
    run.patience(shipped, told);
    for (ShippedRanker.Source source : ShippedRanker.Source.values()) {
      if (sources(corpus).contains(source)) {
        String prefix = "without_" + source.name().toLowerCase(Locale.ROOT) + "." + name;
        ShippedRanker without = ShippedRanker.without(source);
        run.accuracy(without, CauseRun.Mode.INJECTED, (f, value) -> put(prefix + f, value));
        run.changes(without, (f, value) -> put(prefix + f, value));
      }
    }
    for (Ranker baseline : CauseBaselines.all()) {
      String prefix = baseline.name() + "." + name;
      run.accuracy(baseline, (f, value) -> put(prefix + f, value));
      run.changes(baseline, (f, value) -> put(prefix + f, value));
    }
    progress.run();
  }

  private void put(String name, double value) {
    figures.accept(name.replace(' ', '_'), value);
  }

  private static Set<ShippedRanker.Source> sources(FailureCorpus corpus) {
    return corpus.failures().stream()
        .flatMap(each -> ShippedRanker.sources(each).stream())
        .collect(Collectors.toSet());
  }

  /** What one incident costs over so many series. */
  public void cost(int series) {
    Map<String, Double> cost = IncidentCost.of(series);
    cost.forEach((name, value) -> figures.accept("cost." + name, value));
  }
}
