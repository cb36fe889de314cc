// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.TocsinProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Small runs of the whole; what they measure says nothing, but they measure all. */
final class PipelineBenchmarkIT {
  @TempDir private Path checkout;

  @BeforeEach
  void texts() throws IOException {
    Files.createDirectories(checkout.resolve("benchmarks"));
    Files.writeString(
        checkout.resolve("benchmarks/README.md"), "<!-- figures:pipeline -->\n<!-- /figures -->\n");
    Files.writeString(
        checkout.resolve("README.md"), "<!-- figures:sizing -->\n<!-- /figures -->\n");
  }

  @Test
  void theJobIsMeasuredBesideWhateverIsInstalled() throws Exception {
    int code = run("--parts", "p1,p2", "--series", "2000", "--minutes", "10", "--rounds", "1");

    assertThat(code).isZero();
    List<String> names = new ArrayList<>(List.of("p1.ratio", "ns_per_sample", "v2.ratio"));
    if (Peer.VICTORIAMETRICS.executable().isPresent()) {
      names.addAll(List.of("p2.ratio", "victoriametrics.bytes_per_series"));
    }
    if (Peer.PROMETHEUS.executable().isPresent()) {
      names.add("p2b.ratio");
    }
    for (String name : names) {
      assertThat(figures().path(name).asDouble()).as(name).isPositive();
    }
    assertThat(checkout.resolve("benchmarks/results/pipeline.svg")).isNotEmptyFile();
    assertThat(checkout.resolve("benchmarks/README.md"))
        .content()
        .contains("`p1.ratio`", "results/pipeline.svg");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void stateSurvivesRescaling() throws Exception {
    int code = run("--parts", "rescale", "--many-series", "1000");

    assertThat(code).isZero();
    assertThat(figures().path("rescale.up_seconds").asDouble()).isPositive();
    assertThat(figures().path("rescale.down_seconds").asDouble()).isPositive();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void anInterruptedRunLeavesNothing() throws Exception {
    Path temporary = Files.createDirectories(checkout.resolve("temporary"));
    Process process = process(temporary, "--parts", "p1", "--series", "2000", "--write");
    try {
      while (process.descendants().count() < 3 && process.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(process.isAlive()).isTrue();
      List<ProcessHandle> children = process.descendants().toList();

      process.destroy();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
      assertThat(temporary).isEmptyDirectory();
      assertThat(checkout.resolve("benchmarks/results")).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatIsTooMuchForTheMachineIsSaidBeforeTheRun() {
    StringWriter said = new StringWriter();
    CommandLine line = new CommandLine(new PipelineBenchmark());
    line.setExecutionExceptionHandler(
        (thrown, command, result) -> {
          said.append(thrown.getMessage());
          return 1;
        });
    line.setErr(new PrintWriter(said));

    int code = line.execute("--parts", "rescale", "--many-series", "2000000000");

    assertThat(code).isEqualTo(1);
    assertThat(said.toString()).contains("MB are needed");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--checkout", checkout.toString(), "--write"));
    return new CommandLine(new PipelineBenchmark()).execute(all.toArray(new String[0]));
  }

  private Process process(Path temporary, String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("bench", "pipeline"));
    words.addAll(List.of(arguments));
    words.addAll(List.of("--checkout", checkout.toString()));
    return TocsinProcess.start(temporary, checkout.resolve("output.log"), words);
  }

  private JsonNode figures() throws IOException {
    Path json = checkout.resolve("benchmarks/results/pipeline.json");
    return new ObjectMapper().readTree(json.toFile()).path("figures");
  }

  /** Processes that this one has started and that still run. */
  private static List<ProcessHandle> leftovers() {
    try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
      return children.filter(ProcessHandle::isAlive).toList();
    }
  }
}
