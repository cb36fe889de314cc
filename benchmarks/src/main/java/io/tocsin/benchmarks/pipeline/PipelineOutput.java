// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.report.MarkedText;
import io.tocsin.benchmarks.report.Output;
import io.tocsin.benchmarks.report.WholeFile;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what a run has found, and keeps the checkout's figures up to date. */
final class PipelineOutput {
  private static final String NAME = "pipeline";
  private static final int VOID = 1;

  private final Output output;
  private final PipelineFile.Origin origin;

  /** To be made before anything is measured, since the machine is looked at. */
  PipelineOutput(Output output, String command) {
    this.output = output;
    origin = PipelineFile.Origin.of(command, output.machine());
  }

  /** Prints all and, if wanted, writes what is valid; returns the exit code. */
  int finish(Results results, PipelineSettings settings) {
    PipelineFile measured = new PipelineFile();
    measured.putAll(results, origin);
    System.out.println(text(measured));
    List<String> flaws = new ArrayList<>();
    for (Part part : Part.values()) {
      if (settings.has(part)) {
        results.flaws(part).all().forEach(flaw -> flaws.add("Void: " + part + ": " + flaw + "."));
      }
    }
    flaws.forEach(System.out::println);
    if (output.writes()) {
      write(results);
    }
    return flaws.isEmpty() ? 0 : VOID;
  }

  private static String text(PipelineFile file) {
    return new PipelineText(file.figures()).tables() + file.originText();
  }

  private void write(Results results) {
    Path directory = output.checkout().resolve("benchmarks").resolve("results");
    try {
      Files.createDirectories(directory);
      Path json = directory.resolve(NAME + ".json");
      PipelineFile file = PipelineFile.read(json);
      file.putAll(results, origin);
      file.write(json);
      PipelineText text = new PipelineText(file.figures());
      WholeFile.write(directory.resolve(NAME + ".svg"), text.chart());
      MarkedText.replace(
          output.checkout().resolve("benchmarks/README.md"),
          NAME,
          "![CPU time per sample](results/" + NAME + ".svg)\n\n" + text(file));
      Optional<Sizing> sizing = Sizing.of(file.figures());
      if (sizing.isPresent()) {
        MarkedText.replace(output.checkout().resolve("README.md"), "sizing", sizing.get().table());
      }
    } catch (IOException e) {
      throw new LocalRunException("The figures cannot be written: " + e.getMessage() + ".", e);
    }
  }
}
