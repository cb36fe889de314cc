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

class LogsEvaluationTest {
  @TempDir private Path directory;

  private static int run(String... arguments) throws IOException {
    LogsEvaluation evaluation = new LogsEvaluation();
    new CommandLine(evaluation).parseArgs(arguments);
    return evaluation.call();
  }

  private JsonNode measured(String... more) throws IOException {
    Path json = directory.resolve("out/figures.json");
    List<String> arguments =
        new ArrayList<>(List.of(directory.toString(), "--distinct-lines", "1000"));
    arguments.addAll(List.of("--json", json.toString()));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(new String[0]))).isZero();
    return new ObjectMapper().readTree(json.toFile());
  }

  private void systems() throws IOException {
    Files.writeString(
        directory.resolve("Shop_2k.log_structured.csv"),
        """
        Content,EventId,EventTemplate
        sold 3 books,E1,sold <*> books
        sold 4 books,E1,sold <*> books
        broken
        closed,E2,closed
        """);
    Files.writeString(
        directory.resolve("Shop_2k.log_structured_corrected.csv"),
        "Content,EventId,EventTemplate\nsold 3 books,E1,sold <*> books\n");
    Files.writeString(
        directory.resolve("Bank_2k.log_structured.csv"),
        "Content,EventId,EventTemplate\npaid 3 for tea,E1,paid <*> for tea\n");
  }

  @Test
  void figuresAreWrittenByDottedNamesWithTheirMeans() throws IOException {
    systems();

    JsonNode all = measured("--no-speed");

    JsonNode figures = all.get("figures");
    for (String name : List.of("ga", "fga", "arrival.ga", "final.ga")) {
      assertThat(figures.get(name + ".mean").asDouble()).isEqualTo(1);
      assertThat(figures.get(name + ".Shop").asDouble()).isEqualTo(1);
    }
    assertThat(figures.get("ga.systems").asInt()).isEqualTo(2);
    assertThat(figures.get("pa.systems").asInt()).isEqualTo(1);
    assertThat(figures.get("fta.mean").asDouble()).isEqualTo(1);
    assertThat(figures.get("stream.distinct.lines").asInt()).isEqualTo(1_000);
    assertThat(figures.has("lines_per_cpu_second")).isFalse();
    assertThat(all.get("corpora").get("logs").get("missing").get(0).asText())
        .isEqualTo("Shop_2k.log_structured.csv, line 4: has 1 fields where the head has 3");
  }

  @Test
  void theWholePathAndTheMinerAndDrainAreTimedAndTheStateIsMeasured() throws IOException {
    systems();

    JsonNode figures = measured().get("figures");

    assertThat(figures.get("lines_per_cpu_second").asDouble()).isPositive();
    assertThat(figures.get("miner.lines_per_cpu_second").asDouble()).isPositive();
    assertThat(figures.get("drain.lines_per_cpu_second").asDouble()).isPositive();
    assertThat(figures.get("miner.bytes_per_pattern").asDouble()).isBetween(100.0, 4_096.0);
    assertThat(figures.get("state.patterns").asInt()).isEqualTo(3);
    double miner = figures.get("miner.bytes_per_pattern").asDouble();
    for (String where : List.of("heap", "checkpoint")) {
      assertThat(figures.get("state." + where + "_bytes_per_pattern").asDouble())
          .as(where)
          .isBetween(miner, 1_000_000.0);
    }
  }

  @Test
  void tablesTellGoalsAndWhatIsMissingFromMeans() throws IOException {
    systems();
    Path checkout = directory.resolve("checkout");
    Path text = Files.createDirectories(checkout.resolve("benchmarks")).resolve("README.md");
    Files.writeString(text, "<!-- figures:logs -->\n<!-- /figures -->\n");

    JsonNode unused = measured("--no-speed", "--write", "--checkout", checkout.toString());

    assertThat(Files.readString(text))
        .contains("| `ga.mean` | ≥ 0.920 | ≥ 0.980 | 1 | stretch met |")
        .contains("missing from the means of pa and fta: Bank.")
        .contains("`./tocsin evaluate logs DIR --distinct-lines 1000 --no-speed` at ");
    assertThat(checkout.resolve("benchmarks/results/logs.json")).isNotEmptyFile();
  }

  @Test
  void aDirectoryWithoutLogsIsRefused() {
    assertThatThrownBy(() -> run(directory.toString()))
        .isInstanceOf(LocalRunException.class)
        .hasMessageContaining("holds no logs");
  }
}
