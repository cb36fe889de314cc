// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.jobs.local.KafkaBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The CPU time per sample of the metrics job by that of a job that only reads and decodes the same
 * bodies, from a real broker in a process of its own.
 */
@CommandLine.Command(
    name = "job",
    mixinStandardHelpOptions = true,
    description = "The metrics job by a job that only reads and decodes, CPU per sample.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class JobBenchmark implements Callable<Integer> {
  private static final double GOAL = 4;

  @Option(names = "--series", description = "How many series; ${DEFAULT-VALUE} unless given.")
  private int series = 100_000;

  @Option(
      names = "--scrapes",
      description = "Samples of each series; ${DEFAULT-VALUE} unless given.")
  private int scrapes = 240;

  @Option(names = "--body", description = "Samples of a body; ${DEFAULT-VALUE} unless given.")
  private int samplesPerBody = 2000;

  @Option(
      names = "--pairs",
      description = "How often both are measured; ${DEFAULT-VALUE} unless given.")
  private int pairs = 4;

  @Option(names = "--parallelism", description = "Of both jobs; ${DEFAULT-VALUE} unless given.")
  private int parallelism = 2;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    Report report = output.report("job", command());
    try (Scratch scratch = Scratch.create();
        KafkaBroker broker = KafkaBroker.start(scratch.directory())) {
      output.progress("Sending %,d samples to Kafka".formatted((long) series * scrapes));
      Workload workload =
          Workload.send(
              FleetSettings.of(series, scrapes, samplesPerBody), broker.bootstrapServers());
      try (MeasuredCluster cluster =
          MeasuredCluster.start(scratch.directory().resolve("flink"), parallelism)) {
        measure(new JobRuns(cluster, workload), workload, report);
      }
    }
    output.finish(report, "benchmarks/README.md");
    return 0;
  }

  private String command() {
    return "./tocsin bench job --series %d --scrapes %d --body %d --pairs %d --parallelism %d"
        .formatted(series, scrapes, samplesPerBody, pairs, parallelism);
  }

  private void measure(JobRuns runs, Workload workload, Report report) throws Exception {
    output.progress("Warming up");
    runs.readAndDecode();
    JobRuns.Footprint footprint = runs.footprint();
    output.progress("Measuring");
    Pairs measured =
        Pairs.measure(
            pairs,
            output.told("metrics job", runs::metrics),
            output.told("read and decode", runs::readAndDecode));
    report.pairs("metrics job", "read and decode", measured);
    report.verdict(verdict(measured, runs.flaws()));
    figures(measured, footprint, workload, report);
    report.figure("strong findings on healthy series", runs.unplanted());
    report.figure("flaws", runs.flaws());
  }

  private static String verdict(Pairs measured, List<String> flaws) {
    if (!flaws.isEmpty()) {
      return "Void: " + String.join("; ", flaws) + ".";
    }
    String ratio =
        "p1.ratio %s, spread %.0f %%"
            .formatted(Report.number(measured.ratio()), 100 * measured.spread());
    if (measured.inconclusive()) {
      return "Inconclusive: " + ratio + "; repeat it on a quieter machine.";
    }
    return ratio
        + (measured.ratio() <= GOAL ? ", within the goal of " : ", over the goal of ")
        + Report.number(GOAL)
        + ".";
  }

  private static void figures(
      Pairs measured, JobRuns.Footprint footprint, Workload workload, Report report) {
    Cost job = measured.a();
    Cost decode = measured.b();
    List<List<String>> rows = new ArrayList<>();
    report.figure("p1.ratio", measured.ratio());
    row(report, rows, "CPU ns per sample, metrics job", job.cpuNanosPerSample());
    row(report, rows, "CPU ns per sample, read and decode", decode.cpuNanosPerSample());
    row(report, rows, "samples per second of one core, metrics job", job.samplesPerCoreSecond());
    row(report, rows, "samples per second, metrics job", job.samplesPerSecond());
    row(report, rows, "allocated bytes per sample, metrics job", job.allocatedBytesPerSample());
    row(
        report,
        rows,
        "allocated bytes per sample, read and decode",
        decode.allocatedBytesPerSample());
    row(report, rows, "heap bytes per series", (double) footprint.heapBytes() / workload.series());
    row(
        report,
        rows,
        "checkpoint bytes per series",
        (double) footprint.checkpointBytes() / workload.series());
    row(report, rows, "Kafka bytes per sample", (double) workload.bytes() / workload.samples());
    row(report, rows, "series", workload.series());
    row(report, rows, "samples", (double) workload.samples());
    row(report, rows, "planted anomalies, all found", workload.broken().size());
    report.table(List.of("figure", "value"), rows);
  }

  private static void row(Report report, List<List<String>> rows, String name, double value) {
    report.figure(name, value);
    rows.add(List.of(name, Report.number(value)));
  }
}
