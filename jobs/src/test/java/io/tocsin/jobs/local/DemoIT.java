// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("alone")
final class DemoIT {
  @TempDir Path directory;

  @Test
  void theDemoShowsTheIncidentOfWhatItBreaksAndNoOther() throws Exception {
    try (CommandProcess demo =
        new CommandProcess(directory, "demo", "--once", "--fault-after", "5s")) {
      int code = demo.exitCode(Duration.ofMinutes(8));

      assertThat(demo.said())
          .contains("False incidents while the shop was healthy: 0")
          .contains("payments is broken since ")
          .contains("RESOLVED")
          .contains("The incident is resolved")
          .doesNotContain("False incidents in the two weeks of history");
      assertThat(code).isZero();
    }
  }
}
