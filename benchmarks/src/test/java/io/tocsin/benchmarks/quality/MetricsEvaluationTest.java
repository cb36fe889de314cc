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

  private int measure(String candidates, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(directory.toString(), "--only", candidates, "--cost-series", "1000"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(new String[0]));
  }

  @Test
  void figuresAreWrittenByDottedNamesWithThoseOfBaselines() throws IOException {
    SmallCorpus.writeKpi(directory);
    Files.write(directory.resolve("corpus/empty.csv"), List.of("timestamp,value,label"));
    Path json = directory.resolve("out/figures.json");
    int code = measure("tocsin,null", "--json", json.toString());
    assertThat(code).isZero();
    JsonNode all = new ObjectMapper().readTree(json.toFile());
    JsonNode figures = all.get("figures");
    assertThat(figures.get("kpi.event_f1").asDouble()).isEqualTo(1);
    assertThat(figures.get("kpi.delay7_f1").asDouble()).isGreaterThan(0.9);
    assertThat(figures.get("kpi.false_alarms_per_series_day").asDouble()).isZero();
    assertThat(figures.get("kpi.vus_pr").asDouble())
        .isGreaterThan(figures.get("baseline.null.kpi.vus_pr").asDouble());
    assertThat(figures.get("baseline.null.kpi.event_f1").asDouble()).isZero();
    assertThat(figures.get("cost.bytes_per_series").asDouble()).isBetween(100.0, 4096.0);
    assertThat(figures.get("cost.ns_per_sample").asDouble()).isPositive();
    assertThat(all.get("corpora").get("kpi").get("missing").get(0).asText())
        .isEqualTo("empty.csv: holds no samples");
  }

  @Test
  void whatIsShippedIsWrittenBesideItsGoals() throws IOException {
    SmallCorpus.writeKpi(directory);
    Path checkout = directory.resolve("checkout");
    Path text = Files.createDirectories(checkout.resolve("benchmarks")).resolve("README.md");
    Files.writeString(text, "<!-- figures:metrics -->\n<!-- /figures -->\n");
    assertThat(measure("tocsin", "--write", "--checkout", checkout.toString())).isZero();
    assertThat(Files.readString(text))
        .contains("| `kpi.event_f1` | ≥ 0.620 | ≥ 0.700 | 1 | stretch met |")
        .contains("`./tocsin evaluate metrics DIR --only tocsin --cost-series 1000` at ")
        .doesNotContain("nab.standard");
    assertThat(checkout.resolve("benchmarks/results/metrics.json")).isNotEmptyFile();
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
