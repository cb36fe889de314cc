// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MetricsEvaluationTest {
  @TempDir private Path directory;

  private static int run(String... arguments) throws IOException {
    MetricsEvaluation evaluation = new MetricsEvaluation();
    new CommandLine(evaluation).parseArgs(arguments);
    return evaluation.call();
  }

  /** Two days of noise with a level shift of two hours, labelled. */
  private void writeKpi() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>(List.of("timestamp,value,label"));
    for (int i = 0; i < 2880; i++) {
      boolean broken = i >= 2000 && i < 2120;
      double value = 10 + random.nextDouble() + (broken ? 30 : 0);
      lines.add("%d,%s,%d".formatted(1_500_000_000L + 60L * i, value, broken ? 1 : 0));
    }
    Path corpus = Files.createDirectories(directory.resolve("corpus"));
    Files.write(corpus.resolve("a.csv"), lines);
    Files.write(corpus.resolve("empty.csv"), List.of("timestamp,value,label"));
  }

  @Test
  void figuresAreWrittenByDottedNamesWithThoseOfBaselines() throws IOException {
    writeKpi();
    Path json = directory.resolve("out/figures.json");
    int code = run(directory.toString(), "--only", "tocsin,null", "--json", json.toString());
    assertThat(code).isZero();
    JsonNode all = new ObjectMapper().readTree(json.toFile());
    JsonNode figures = all.get("figures");
    assertThat(figures.get("kpi.event_f1").asDouble()).isEqualTo(1);
    assertThat(figures.get("kpi.delay7_f1").asDouble()).isGreaterThan(0.9);
    assertThat(figures.get("kpi.false_alarms_per_series_day").asDouble()).isZero();
    assertThat(figures.get("baseline.null.kpi.event_f1").asDouble()).isZero();
    assertThat(figures.get("cost.bytes_per_series").asDouble()).isBetween(100.0, 4096.0);
    assertThat(figures.get("cost.ns_per_sample").asDouble()).isPositive();
    assertThat(all.get("corpora").get("kpi").get("missing").get(0).asText())
        .isEqualTo("empty.csv: holds no samples");
  }

  @Test
  void aDirectoryWithoutCorporaIsRefused() {
    assertThatThrownBy(() -> run(directory.toString()))
        .isInstanceOf(LocalRunException.class)
        .hasMessageContaining("holds no corpus of a known layout");
  }

  @Test
  void anUnknownCandidateIsNamed() {
    assertThatThrownBy(() -> run(directory.toString(), "--only", "oracle"))
        .isInstanceOf(LocalRunException.class)
        .hasMessageContaining("There is no candidate oracle");
  }
}
