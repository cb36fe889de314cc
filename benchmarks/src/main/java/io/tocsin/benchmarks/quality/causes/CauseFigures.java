// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.measures.Calibration;
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
  private final Calibration injected = new Calibration();
  private final Calibration found = new Calibration();

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
    confidence(name + "confidence.", run.confidence(shipped), injected);
    confidence(name + "findings.confidence.", run.findingsConfidence(shipped), found);
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

  private void confidence(String prefix, Calibration calibration, Calibration all) {
    confidence(prefix, calibration);
    all.addAll(calibration);
  }

  private void confidence(String prefix, Calibration of) {
    if (of.cases() > 0) {
      put(prefix + "failures", of.cases());
      put(prefix + "told", of.told());
      put(prefix + "right", of.right());
      put(prefix + "brier", of.brier());
      put(prefix + "error", of.error());
    }
  }

  /** How well the confidence of all corpora together holds, as a whole and by how sure it is. */
  public void confidence() {
    confidence("confidence.", injected);
    confidence("findings.confidence.", found);
    bins("confidence.bin", injected);
    bins("findings.confidence.bin", found);
  }

  private void bins(String prefix, Calibration of) {
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      if (of.cases(bin) > 0) {
        put(prefix + (bin + 1) + ".failures", of.cases(bin));
        put(prefix + (bin + 1) + ".told", of.told(bin));
        put(prefix + (bin + 1) + ".right", of.right(bin));
      }
    }
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
