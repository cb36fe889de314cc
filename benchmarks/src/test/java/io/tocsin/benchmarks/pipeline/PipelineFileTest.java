// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PipelineFileTest {
  private static final PipelineFile.Origin OLD = origin("old");
  private static final PipelineFile.Origin NEW = origin("new");

  @TempDir private Path directory;
  private Path file;

  private static PipelineFile.Origin origin(String command) {
    return new PipelineFile.Origin(command, "then", "abc", 2, 0.5, "a JVM", "-Xmx2g");
  }

  @BeforeEach
  void oldFigures() throws Exception {
    file = directory.resolve("pipeline.json");
    Results results = new Results();
    results.put(Part.P1, "p1.ratio", 3.14159265);
    results.put(Part.P3, "p3.ratio", 0.1);
    PipelineFile old = new PipelineFile();
    old.putAll(results, OLD);
    old.write(file);
  }

  @Test
  void figuresAreFlatAndRounded() throws Exception {
    JsonNode json = new ObjectMapper().readTree(file.toFile());

    assertThat(json.path("figures").path("p1.ratio").asDouble()).isEqualTo(3.142);
    assertThat(json.path("parts").path("p3").path("origin").path("command").asText())
        .isEqualTo("old");
  }

  @Test
  void aPartThatIsRunAgainTakesThePlaceOfItsOldFigures() throws Exception {
    Results results = new Results();
    results.put(Part.P1, "p1.other", 2);

    PipelineFile read = PipelineFile.read(file);
    read.putAll(results, NEW);

    assertThat(read.figures()).containsOnlyKeys("p1.other", "p3.ratio");
    assertThat(read.originText()).contains("p1: `new`", "p3: `old`");
  }

  @Test
  void aVoidPartLeavesWhatWasThere() throws Exception {
    Results results = new Results();
    results.put(Part.P1, "p1.ratio", 2);
    results.flaws(Part.P1).unequal("samples read", 1, 2);

    PipelineFile read = PipelineFile.read(file);
    read.putAll(results, NEW);

    assertThat(results.flaws(Part.P1).all()).containsExactly("samples read: 1 instead of 2");
    assertThat(read.figures()).containsEntry("p1.ratio", 3.142);
  }

  @Test
  void aMissedBarIsSaid() {
    String table = new PipelineText(Map.of("p1.ratio", 4.5, "p7.ratio", 0.96)).tables();

    assertThat(table).contains("| 4.50 | ≤ 4.00 | ≤ 2.50 | **missed** |");
    assertThat(table).contains("| 0.960 | ≥ 0.900 | ≥ 0.950 | goal met |");
  }

  @Test
  void sizesTakeFiguresOfGrowth() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("kafka_bytes_per_sample", 24.0);
    figures.put("growth.100000.ns_per_sample", 1000.0);
    figures.put("growth.100000.bytes_per_series", 1400.0);
    assertThat(Sizing.of(figures)).isEmpty();

    figures.put("growth.1000000.ns_per_sample", 1500.0);
    figures.put("growth.1000000.bytes_per_series", 1200.0);
    Optional<Sizing> sizing = Sizing.of(figures);

    assertThat(sizing).isPresent();
    assertThat(sizing.get().table())
        .contains("| 1,000,000 | 66,667 | 0.100 | 1 | 4.70 | 34.6 | 8 | 128 | 24,000 (default) |")
        .contains(
            "| 10,000,000 (calculated) | 666,667 | 1.50 | 3 | 42.5 | 346 | 8 | 128 | 117,188 |");
  }

  @Test
  void growthHasARowForEachSize() {
    Map<String, Double> figures =
        Map.of("growth.1000.ns_per_sample", 900.0, "growth.200.ns_per_sample", 800.0);

    assertThat(new PipelineText(figures).tables())
        .containsSubsequence("| 200 | 800 | – |", "| 1,000 | 900 | – |");
  }
}
