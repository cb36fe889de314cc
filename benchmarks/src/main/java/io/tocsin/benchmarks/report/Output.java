// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.report;

import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.benchmarks.measure.Pairs;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a benchmark's figures go. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Output {
  @Option(
      names = "--checkout",
      paramLabel = "DIRECTORY",
      defaultValue = "${sys:tocsin.home:-.}",
      description = "Where the sources lie.")
  private Path checkout;

  @Option(
      names = "--write",
      description = "Write the figures into the checkout: as JSON, and as a table in its text.")
  private boolean write;

  public Report report(String name, String command) {
    return new Report(name, command, Machine.of(checkout));
  }

  /** The machine now, with the commit of the checkout. */
  public Machine machine() {
    return Machine.of(checkout);
  }

  /** Where the sources lie. */
  public Path checkout() {
    return checkout;
  }

  /** Whether figures are to be written into them. */
  public boolean writes() {
    return write;
  }

  public void progress(String what) {
    System.err.println(what);
  }

  /** A variant whose every figure is told. */
  public Pairs.Variant told(String name, Pairs.Variant variant) {
    return () -> {
      Cost cost = variant.measure();
      progress(
          "  %-16s %s ns/sample of CPU, %s samples/s, %s B/sample allocated"
              .formatted(
                  name,
                  Report.number(cost.cpuNanosPerSample()),
                  Report.number(cost.samplesPerSecond()),
                  Report.number(cost.allocatedBytesPerSample())));
      return cost;
    };
  }

  /** Prints the figures and, if wanted, writes them. */
  public void finish(Report report, String markdown) {
    System.out.println(report.markdown());
    if (write) {
      report.write(checkout.resolve("benchmarks").resolve("results"), checkout.resolve(markdown));
    }
  }
}
