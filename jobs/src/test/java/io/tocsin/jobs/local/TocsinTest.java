// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class TocsinTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Tocsin.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @Test
  void helpListsTheCommands() {
    assertThat(run("help")).isZero();
    assertThat(out.toString()).contains("demo", "up", "break", "help", "Usage: tocsin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "up", "break", "backfill", "patterns", "shop"})
  void everyCommandHasItsHelp(String command) {
    assertThat(run("help", command)).isZero();
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: tocsin " + command);
  }

  @Test
  void theVersionIsTold() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("Tocsin ");
  }

  @ParameterizedTest
  @CsvSource({
    "dmeo, demo",
    "brake, break",
  })
  void aMistypedCommandIsCorrected(String typed, String meant) {
    assertThat(run(typed)).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "There is no command " + typed + "; did you mean " + meant + "?",
            "Try: ./tocsin --help");
  }

  @Test
  void aMistypedOptionIsCorrected() {
    assertThat(run("demo", "--sede", "3")).isEqualTo(2);
    assertThat(err.toString()).contains("'--sede'", "--seed");
  }

  @Test
  void aWordTooManyIsTold() {
    assertThat(run("demo", "now")).isEqualTo(2);
    assertThat(err.toString()).startsWith("The word now is one too many.");
  }

  @Test
  void badValuesAreToldBeforeAnythingStarts() {
    assertThat(run("break", "payments", "bad-deploy", "--for", "soon")).isEqualTo(2);
    assertThat(run("demo", "--seed", "x")).isEqualTo(2);
    assertThat(run("demo", "--fault-after", "0s")).isEqualTo(2);
    assertThat(run("up", "--listen", "9201")).isEqualTo(2);
    assertThat(run("up", "--listen", "127.0.0.1:99999")).isEqualTo(2);
    assertThat(run("up", "--web-port", "65536")).isEqualTo(2);
    assertThat(run("up", "--alertmanager", "localhost:9093")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'x' is not a whole number.")
        .contains("'soon' is not a duration; write one such as 90s, 5m or 2h.")
        .contains("'9201' is not an address; write one such as 0.0.0.0:9201.")
        .contains("'127.0.0.1:99999' is not an address; write one such as 0.0.0.0:9201.")
        .contains("'65536' is not a port; write a number from 0 to 65535.")
        .contains("'localhost:9093' is not a URL; write one such as http://localhost:9093.");
  }

  @Test
  void anUnknownFaultIsToldBeforeAnythingStarts() {
    assertThat(run("demo", "--fault", "payment:bad-deploy")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("There is no service payment; did you mean payments? Choose one of: frontend,")
        .contains("Try: ./tocsin demo --help");
  }

  @Test
  void anUnknownKindIsToldWithAllThatThereAre() {
    assertThat(run("break", "cart", "queue-stal")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("There is no kind queue-stal; did you mean queue-stall? Choose one of: ")
        .contains(
            "bad-deploy, slow-database, memory-leak, cpu-hog, network-delay, queue-stall, log-errors.");
  }

  @Test
  void breakingNeedsAServiceAndAKind() {
    assertThat(run("break", "payments")).isEqualTo(2);
    assertThat(err.toString()).contains("KIND");
  }
}
