// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.benchmarks.quality.causes.CauseRun.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Needs the Sock Shop of RCD: {@code -Dtocsin.corpora=DIR}. The baselines must have the accuracy
 * that RCAEval's programs have on it (Pham et al., ASE 2024): reader, measure and baselines are
 * right together or not at all.
 */
class PublishedCauseAccuracyTest {
  private static final double THREE_DIGITS = 0.0005;

  private static FailureCorpus corpus;

  @BeforeAll
  static void needsTheCorpus() {
    Path root = Path.of(System.getProperty("tocsin.corpora", "")).resolve("rcd-sockshop");
    assumeTrue(
        Files.isDirectory(root),
        "skipped: no failures at "
            + root.toAbsolutePath()
            + "; name the directory that holds rcd-sockshop by -Dtocsin.corpora=DIR");
    corpus = FailureCorpora.read(root).get(0);
  }

  private static Map<String, Double> figures(String name) {
    Ranker ranker =
        CauseBaselines.all().stream().filter(each -> each.name().equals(name)).findAny().get();
    Map<String, Double> figures = new HashMap<>();
    new CauseRun(corpus).accuracy(ranker, Mode.INJECTED, figures::put);
    return figures;
  }

  private static void require(Map<String, Double> figures, String figure, double published) {
    assertThat(figures.get(figure)).as(figure).isCloseTo(published, within(THREE_DIGITS));
  }

  @Test
  void barosScorer() {
    Map<String, Double> baro = figures("baro");
    require(baro, "service.ac1", 0.96);
    require(baro, "service.ac3", 1);
    require(baro, "service.avg5", 0.992);
    require(baro, "cpu.service.avg5", 0.992);
    require(baro, "mem.service.avg5", 0.992);
    require(baro, "metric.ac1", 0.86);
    require(baro, "metric.avg5", 0.972);
  }

  @Test
  void nSigma() {
    Map<String, Double> nSigma = figures("nsigma");
    require(nSigma, "service.ac1", 0.94);
    require(nSigma, "service.avg5", 0.988);
    require(nSigma, "metric.ac1", 0.90);
    require(nSigma, "metric.avg5", 0.980);
  }
}
