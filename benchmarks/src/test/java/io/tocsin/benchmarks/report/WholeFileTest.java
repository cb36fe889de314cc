// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
  @TempDir private Path directory;

  @Test
  void aFileIsReplacedAndNothingIsLeftBesideIt() throws IOException {
    Path file = Files.writeString(directory.resolve("figures.json"), "old and longer");

    WholeFile.write(file, "new");

    assertThat(file).hasContent("new");
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void whatCannotBeWrittenLeavesTheOldFileAsItWas() throws IOException {
    Path file = Files.writeString(directory.resolve("figures.json"), "old");
    Files.createDirectories(directory.resolve("figures.json.new").resolve("in the way"));

    assertThatThrownBy(() -> WholeFile.write(file, "new")).isInstanceOf(IOException.class);

    assertThat(file).hasContent("old");
  }

  @Test
  void aChartHasABarForEachValueAndEscapesItsLabels() {
    String svg =
        BarChart.svg(
            "CPU", List.of(new BarChart.Bar("a < b", 200, true), new BarChart.Bar("c", 50, false)));

    assertThat(svg)
        .startsWith("<svg")
        .contains("a &lt; b", "width=\"420.0\"", "width=\"105.0\"")
        .endsWith("</svg>\n");
  }

  @Test
  void aChartOfNothingIsStillAChart() {
    assertThat(BarChart.svg("CPU", List.of())).startsWith("<svg").endsWith("</svg>\n");
  }

  @Test
  void numbersHaveThreeDigitsOrSo() {
    assertThat(List.of(1234567.8, 99.94, 9.876, 0.1234, 0.012345, 0.0))
        .map(Report::number)
        .containsExactly("1,234,568", "99.9", "9.88", "0.123", "0.0123", "0.00");
  }
}
