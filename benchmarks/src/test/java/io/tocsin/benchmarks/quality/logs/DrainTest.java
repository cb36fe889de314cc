// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static List<String> templates(DrainSettings settings, String... lines) {
    return DrainRun.templates(
        List.of(lines).stream().map(line -> new ParsedLine(line, "", "")).toList(), settings);
  }

  @Test
  void similarLinesOfOneLengthAreOneTemplate() {
    assertThat(templates(DrainSettings.DEFAULTS, "user bob went away", "user joe went away"))
        .containsOnly("user <*> went away");
  }

  @Test
  void linesOfOtherLengthOrFirstWordAreNot() {
    assertThat(
            templates(DrainSettings.DEFAULTS, "user bob left", "user bob has left", "all bob left"))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsMaskedIsAParameterAtOnce() {
    assertThat(templates(DrainSettings.of(4, 0.9, "\\d+"), "took 1 ms", "took 2 ms"))
        .containsOnly("took <*> ms");
  }
}
