// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Needs LogHub's systems of 2,000 lines: {@code -Dtocsin.corpora=DIR}. Reads them with the settings
 * that logparser has for each system and compares the grouping accuracy with the one published
 * there: reader, measure and baseline are right together or not at all.
 */
class PublishedDrainAccuracyTest {
  private static final String ADDRESS = "(\\d+\\.){3}\\d+";
  private static final String DOTTED = "([\\w-]+\\.){2,}[\\w-]+";
  private static final double FOUR_DIGITS = 0.00005;

  private static final Map<String, LogSystem> SYSTEMS = new HashMap<>();

  @BeforeAll
  static void needsTheCorpus() throws IOException {
    Path root = Path.of(System.getProperty("tocsin.corpora", "")).resolve("loghub-2k");
    assumeTrue(
        Files.isDirectory(root),
        "skipped: no systems at "
            + root.toAbsolutePath()
            + "; name the directory that holds loghub-2k by -Dtocsin.corpora=DIR");
    LogCorpusReader.read(root).systems().forEach(system -> SYSTEMS.put(system.name(), system));
  }

  static Stream<Arguments> published() {
    return Stream.of(
        Arguments.of("HDFS", DrainSettings.of(4, 0.5, "blk_-?\\d+", ADDRESS + "(:\\d+)?"), 0.9975),
        Arguments.of("Hadoop", DrainSettings.of(4, 0.5, ADDRESS), 0.9475),
        Arguments.of("Spark", DrainSettings.of(4, 0.5, ADDRESS, "\\b[KGTM]?B\\b", DOTTED), 0.92),
        Arguments.of("BGL", DrainSettings.of(4, 0.5, "core\\.\\d+"), 0.9625),
        Arguments.of("Linux", DrainSettings.of(6, 0.39, ADDRESS, "\\d{2}:\\d{2}:\\d{2}"), 0.69),
        Arguments.of("Apache", DrainSettings.of(4, 0.5, ADDRESS), 1.0),
        Arguments.of("OpenSSH", DrainSettings.of(5, 0.6, ADDRESS, DOTTED), 0.7875));
  }

  @ParameterizedTest
  @MethodSource("published")
  void drainHasItsPublishedAccuracy(String name, DrainSettings settings, double published) {
    LogSystem system = SYSTEMS.get(name);
    assumeTrue(system != null, "skipped: no " + name);
    List<String> truth = system.lines().stream().map(ParsedLine::event).toList();

    double measured = Grouping.of(DrainRun.templates(system.lines(), settings), truth).accuracy();

    System.out.printf("%s: published %.4f, measured %.4f%n", name, published, measured);
    assertThat(measured).isCloseTo(published, within(FOUR_DIGITS));
  }
}
