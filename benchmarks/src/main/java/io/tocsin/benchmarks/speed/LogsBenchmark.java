// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.benchmarks.report.Output;
import io.tocsin.benchmarks.report.Report;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The whole way of a log line in one thread, without Kafka: JSON record, decoder, batch, joiner,
 * pattern, count, and the judging of each interval.
 */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Log lines from the JSON record to the count of their pattern.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class LogsBenchmark implements Callable<Integer> {
  private static final double GOAL = 500_000;

  @Option(names = "--minutes", defaultValue = "60", description = "Of the shop's log.")
  private int minutes;

  @Option(
      names = "--faster",
      defaultValue = "60",
      description = "So many times as many lines come in a second.")
  private int faster;

  @Option(names = "--passes", defaultValue = "9", description = "Measured passes over it.")
  private int passes;

  @Option(names = "--warm-up", defaultValue = "5", description = "Passes before they count.")
  private int warmUp;

  @Mixin private Output output;

  @Override
  public Integer call() {
    Report report = output.report("log-path", command());
    output.progress("Writing the shop's log");
    LogPath path = LogPath.ofShop(minutes, faster);
    List<List<String>> rows = new ArrayList<>();
    double decoded = measure("decode", path::decode, path, rows);
    double batched = measure("decode and batch", path::batch, path, rows);
    double whole = measure("whole path", path::whole, path, rows);
    report.figure("lines_per_cpu_second", whole);
    report.figure("lines_per_cpu_second.decode", decoded);
    report.figure("lines_per_cpu_second.decode_and_batch", batched);
    report.figure("lines", (double) path.lines());
    report.figure("bytes_per_line", path.bytesPerLine());
    report.figure("patterns", (double) path.patterns());
    report.table(List.of("part of the way", "lines per CPU-second", "CPU ns per line"), rows);
    report.verdict(
        "lines_per_cpu_second %s, %s the goal of %s."
            .formatted(
                Report.number(whole), whole >= GOAL ? "within" : "below", Report.number(GOAL)));
    output.finish(report, "benchmarks/README.md");
    return 0;
  }

  private String command() {
    return "./tocsin bench logs --minutes %d --faster %d --passes %d --warm-up %d"
        .formatted(minutes, faster, passes, warmUp);
  }

  /** Lines per second of the thread's CPU time, the median pass. */
  private double measure(String name, LongSupplier part, LogPath path, List<List<String>> rows) {
    output.progress("Measuring " + name);
    double[] rates = new double[passes];
    for (int pass = -warmUp; pass < passes; pass++) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long lines = part.getAsLong();
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      if (lines != path.lines()) {
        throw new IllegalStateException(lines + " lines came through of " + path.lines());
      }
      if (pass >= 0) {
        rates[pass] = 1e9 * lines / nanos;
      }
    }
    Arrays.sort(rates);
    double median = rates[passes / 2];
    rows.add(List.of(name, Report.number(median), Report.number(1e9 / median)));
    return median;
  }
}
