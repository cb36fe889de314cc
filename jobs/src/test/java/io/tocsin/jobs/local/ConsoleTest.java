// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void elsewhereThanOnATerminalEachStepHasItsLines() {
    try (Console console = new Console(out, false)) {
      Console.Wait wait = console.begin("Starting it");
      console.say("between");
      wait.done("It runs");
    }
    assertThat(bytes.toString(UTF_8))
        .matches("Starting it \\.\\.\\.\nbetween\n✓ It runs  \\([0-9.]+ s\\)\n")
        .doesNotContain("\u001b");
  }

  @Test
  void onATerminalOneLineMovesAndOthersStandAboveIt() {
    try (Console console = new Console(out, true)) {
      Console.Wait wait = console.begin("Starting it");
      wait.progress(0.5, "half");
      console.say("between");
      wait.done("It runs");
    }
    assertThat(bytes.toString(UTF_8))
        .contains("Starting it", "between\n")
        .contains("██████████░░░░░░░░░░  50 % half")
        .containsPattern("\r\u001b\\[2K✓ It runs  \\([0-9.]+ s\\)\n");
  }

  @Test
  void aWaitThatIsNeverDoneIsTakenAwayFromTheTerminal() {
    Console console = new Console(out, true);
    console.begin("For ever");

    console.close();

    assertThat(bytes.toString(UTF_8)).endsWith("\r\u001b[2K");
  }
}
