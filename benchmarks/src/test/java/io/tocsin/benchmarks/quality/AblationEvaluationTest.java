// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.quality.scorers.Shipped;
import io.tocsin.models.detectors.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AblationEvaluationTest {
  @TempDir private Path directory;

  @Test
  void theTableOfAllPartsIsWrittenIntoTheReasonsOfTheModels() throws IOException {
    SmallCorpus.writeKpi(directory);
    SmallCorpus.writeServer(directory);
    Path checkout = directory.resolve("checkout");
    Path reasons = Files.createDirectories(checkout.resolve("models")).resolve("RATIONALE.md");
    Files.writeString(
        reasons, "before\n<!-- figures:ablation -->\nold\n<!-- /figures -->\nafter\n");

    AblationEvaluation evaluation = new AblationEvaluation();
    new CommandLine(evaluation)
        .parseArgs(directory.toString(), "--write", "--checkout", checkout.toString());
    assertThat(evaluation.call()).isZero();

    List<String> lines = Files.readAllLines(reasons);
    assertThat(lines).startsWith("before").endsWith("<!-- /figures -->", "after");
    assertThat(lines).doesNotContain("old");
    assertThat(lines.get(2))
        .isEqualTo(
            "| detector | kpi.delay7 f1 | kpi.event f1 | kpi.false alarms per series day"
                + " | shop.false alarms per series day | shop.subject false alarms per day"
                + " | cost.ns per sample of corpora |");
    assertThat(lines.stream().filter(line -> line.startsWith("| without ")))
        .hasSize(Part.values().length + 1);
    assertThat(lines.get(lines.size() - 3))
        .startsWith("`./tocsin evaluate ablation DIR` at ")
        .contains("configuration " + new Shipped().configurationHash(), "kpi ", "shop ");
    JsonNode json =
        new ObjectMapper().readTree(checkout.resolve("benchmarks/results/ablation.json").toFile());
    assertThat(json.get("figures").get("shipped.kpi.event_f1").asDouble()).isEqualTo(1);
    assertThat(json.get("figures").has("without.entities.kpi.event_f1")).isTrue();
  }
}
