// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.quality.corpora.Corpora;
import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.corpora.Layout;
import io.tocsin.benchmarks.quality.corpora.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs NAB with the published results of its detectors: {@code -Dtocsin.corpora=DIR}. */
class PublishedNabScoresTest {
  private static final Map<NabProfile, String> PUBLISHED_NAMES =
      Map.of(
          NabProfile.STANDARD, "standard",
          NabProfile.LOW_FP, "reward_low_FP_rate",
          NabProfile.LOW_FN, "reward_low_FN_rate");

  private static Path results;
  private static Corpus corpus;

  @BeforeAll
  static void needsTheCorpus() {
    Path root = Path.of(System.getProperty("tocsin.corpora", "")).resolve("nab");
    results = root.resolve("results-slim");
    assumeTrue(
        Files.isDirectory(results),
        "skipped: no published results at "
            + results.toAbsolutePath()
            + "; name the directory that holds nab by -Dtocsin.corpora=DIR");
    corpus = Corpora.read(root, Layout.NAB, "nab");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ARTime",
        "contextOSE",
        "numenta",
        "randomCutForest",
        "knncad",
        "windowedGaussian",
        "skyline",
        "twitterADVec",
        "relativeEntropy",
        "earthgeckoSkyline",
        "null"
      })
  void eachFileHasItsPublishedScore(String detector) throws IOException {
    Map<String, NabFile> files = files(detector);
    for (NabProfile profile : NabProfile.values()) {
      String table = "%s_%s_scores.csv".formatted(detector, PUBLISHED_NAMES.get(profile));
      int compared = 0;
      for (String line : Files.readAllLines(results.resolve(detector).resolve(table))) {
        List<String> fields = List.of(line.split(",", -1));
        NabFile file = files.get(fields.get(2));
        if (file != null) {
          double total = file.total(Double.parseDouble(fields.get(3)), profile);
          assertThat(total).as(line).isCloseTo(Double.parseDouble(fields.get(4)), within(1e-6));
          compared++;
        }
      }
      assertThat(compared).isEqualTo(58);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ARTime",
    "contextOSE",
    "randomCutForest",
    "knncad",
    "relativeEntropy",
    "earthgeckoSkyline",
    "skyline",
    "twitterADVec",
    "windowedGaussian",
    "null"
  })
  void theBestThresholdGivesTheFinalScore(String detector) throws IOException {
    List<NabFile> files = List.copyOf(files(detector).values());
    JsonNode published =
        new ObjectMapper().readTree(results.resolve("final_results.json").toFile()).get(detector);
    for (NabProfile profile : NabProfile.values()) {
      assertThat(NabScore.best(files, profile).score())
          .as("%s, %s", detector, profile)
          .isCloseTo(published.get(PUBLISHED_NAMES.get(profile)).asDouble(), within(0.01));
    }
  }

  private Map<String, NabFile> files(String detector) throws IOException {
    Map<String, NabFile> files = new HashMap<>();
    for (Subject subject : corpus.subjects()) {
      Path file = results.resolve(detector).resolve(subject.name().replace(".csv", ".txt"));
      List<Double> scores = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        scores.add(Double.parseDouble(line));
      }
      files.put(
          subject.name(),
          new NabFile(
              scores.stream().mapToDouble(Double::doubleValue).toArray(), subject.segments()));
    }
    return files;
  }
}
