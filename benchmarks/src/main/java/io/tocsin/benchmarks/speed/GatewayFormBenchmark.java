// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.benchmarks.fleet.Fleet;
import io.tocsin.benchmarks.fleet.FleetSettings;
import io.tocsin.benchmarks.fleet.Schedule;
import io.tocsin.benchmarks.measure.Pairs;
import io.tocsin.benchmarks.report.Output;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.benchmarks.report.Scratch;
import io.tocsin.jobs.local.KafkaBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * In which form the gateway should write bodies to Kafka: what gateway, job and broker spend on
 * each, with a real producer, consumer and broker; without HTTP, which is the same for all.
 */
@CommandLine.Command(
    name = "gateway-form",
    mixinStandardHelpOptions = true,
    description = "Bodies in Kafka as they came, or split by shard.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class GatewayFormBenchmark implements Callable<Integer> {
  private static final int SERIES = 10_000;
  private static final List<String> HEAD =
      List.of(
          "samples/body",
          "form",
          "gateway, CPU ns/sample",
          "job",
          "both",
          "÷ body",
          "broker",
          "bytes/sample in Kafka");

  @Option(names = "--sizes", split = ",", description = "Samples of a body.")
  private List<Integer> sizes = List.of(500, 2000, 10_000);

  @Option(names = "--samples", description = "Of each run; ${DEFAULT-VALUE} unless given.")
  private int samples = 2_000_000;

  @Option(
      names = "--pairs",
      description = "How often each is measured; ${DEFAULT-VALUE} unless given.")
  private int pairs = 4;

  @Mixin private Output output;

  private final List<List<String>> rows = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Report report = output.report("gateway-form", command());
    try (Scratch scratch = Scratch.create();
        KafkaBroker broker = KafkaBroker.start(scratch.directory())) {
      var place = new GatewayFormRun.Place(broker.bootstrapServers(), broker.pid());
      List<Trial> trials = new ArrayList<>();
      for (int size : sizes) {
        trials.add(trial(size, place));
      }
      for (Trial trial : trials) {
        compare(trial, report);
      }
    }
    report.table(HEAD, rows);
    report.verdict(
        "CPU time per sample that gateway and job spend together, by form;"
            + " 128 shards, 8 partitions.");
    output.finish(report, "connectors/RATIONALE.md");
    return 0;
  }

  private String command() {
    String all = String.join(",", sizes.stream().map(String::valueOf).toList());
    return "./tocsin bench gateway-form --sizes %s --samples %d --pairs %d"
        .formatted(all, samples, pairs);
  }

  /** The runs of all forms with bodies of one size. */
  private record Trial(int size, GatewayFormRun body, List<GatewayFormRun> splits) {}

  private Trial trial(int size, GatewayFormRun.Place place) throws Exception {
    GatewayFormRun.Bodies bodies = bodies(size);
    List<GatewayFormRun> splits = new ArrayList<>();
    for (String compression : List.of("none", "lz4")) {
      splits.add(new GatewayFormRun(GatewayForm.split(compression), bodies, place).prepared());
    }
    GatewayFormRun body = new GatewayFormRun(GatewayForm.body(), bodies, place).prepared();
    return new Trial(size, body, splits);
  }

  private void compare(Trial trial, Report report) throws Exception {
    output.progress("Bodies of %,d samples".formatted(trial.size));
    GatewayFormRun body = trial.body;
    for (GatewayFormRun split : trial.splits) {
      Pairs.measure(1, split::measure, body::measure);
      split.results().clear();
      body.results().clear();
      Pairs measured =
          Pairs.measure(
              pairs,
              output.told(split.title(), split::measure),
              output.told("body", body::measure));
      String key = "%s ÷ body, %d samples".formatted(split.title(), trial.size);
      report.figure(key, measured.ratio());
      report.detail(key + ", pairs", measured.all());
      if (split.equals(trial.splits.get(0))) {
        row(trial.size, body.title(), body, "1");
      }
      String ratio = Report.number(measured.ratio());
      row(
          trial.size,
          split.title(),
          split,
          measured.inconclusive() ? ratio + ", inconclusive" : ratio);
    }
  }

  private GatewayFormRun.Bodies bodies(int size) {
    FleetSettings settings = FleetSettings.of(Math.max(SERIES, size)).withBodies(size);
    List<byte[]> bodies = new ArrayList<>();
    Fleet fleet = new Fleet(settings, Schedule.once(), 0);
    fleet.send(0, (sender, time, body) -> bodies.add(body));
    int times = Math.max(1, samples / fleet.series());
    return new GatewayFormRun.Bodies(bodies, fleet.series(), times);
  }

  private void row(int size, String form, GatewayFormRun run, String ratio) {
    rows.add(
        List.of(
            Integer.toString(size),
            form,
            median(run, result -> result.gateway().cpuNanosPerSample()),
            median(run, result -> result.job().cpuNanosPerSample()),
            median(run, result -> result.both().cpuNanosPerSample()),
            ratio,
            median(run, GatewayFormRun.Result::brokerNanosPerSample),
            median(run, GatewayFormRun.Result::bytesPerSample)));
  }

  private static String median(GatewayFormRun run, ToDoubleFunction<GatewayFormRun.Result> figure) {
    return Report.number(Pairs.median(run.results().stream().mapToDouble(figure).toArray()));
  }
}
