// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.fleet.FleetSettings;
import io.tocsin.benchmarks.fleet.Schedule;
import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.benchmarks.measure.Pairs;
import java.util.ArrayList;
import java.util.List;

/** P5, P6 and P7: what a sample costs with few and with many series, with one core and with two. */
final class GrowthPart implements PartRun {
  private static final String WITH = "checkpoints";
  private static final String WITHOUT = "no checkpoints";
  private static final int ROUNDS = 2;
  private static final int BOTH = 2;

  /** The first pass, those of the rounds, and the slower one with one subtask. */
  private static final double PASSES = 1 + ROUNDS + 1.8;

  private final PipelineSettings settings;
  private final List<Size> sizes = new ArrayList<>();

  /** What so many series have cost. */
  private record Size(int series, double nanosPerSample) {}

  GrowthPart(PipelineSettings settings) {
    this.settings = settings;
  }

  private Schedule schedule(int size) {
    return Schedule.minutes(settings.minutesOf(size));
  }

  private long samples(int size) {
    return (long) size * schedule(size).scrapes();
  }

  @Override
  public Part part() {
    return Part.GROWTH;
  }

  @Override
  public Needs needs() {
    return settings.sizes().stream()
        .map(size -> Needs.of(size, samples(size), false))
        .reduce(Needs::or)
        .orElseThrow();
  }

  @Override
  public double seconds() {
    return settings.sizes().stream()
        .mapToDouble(
            size ->
                Expected.stageSeconds(samples(size))
                    + (PASSES + (isMost(size) ? ROUNDS : 0)) * Expected.passSeconds(samples(size)))
        .sum();
  }

  private boolean isMost(int size) {
    return size == settings.sizes().get(settings.sizes().size() - 1);
  }

  @Override
  public void run(PipelineRun run) throws Exception {
    for (int size : settings.sizes()) {
      measure(run, size);
    }
    double few = sizes.get(0).nanosPerSample();
    Size most = sizes.get(sizes.size() - 1);
    run.results().put(Part.GROWTH, "p6.ratio", most.nanosPerSample() / few);
    run.results().put(Part.GROWTH, "p6.series", most.series());
  }

  private void measure(PipelineRun run, int size) throws Exception {
    Flaws flaws = run.results().flaws(Part.GROWTH);
    try (Stage stage = run.filled(FleetSettings.of(size), schedule(size))) {
      JobRuns runs = new JobRuns(stage, flaws);
      run.tell("Weighing what %,d series take".formatted(size));
      JobRuns.Footprint footprint = runs.footprint();
      Rounds rounds = new Rounds();
      rounds.add(WITH, run.told(WITH, () -> runs.metrics(BOTH, JobRuns.CHECKPOINTS)));
      if (isMost(size)) {
        rounds.add(WITHOUT, run.told(WITHOUT, () -> runs.metrics(BOTH, JobRuns.NO_CHECKPOINTS)));
      }
      rounds.run(ROUNDS);
      Cost one = run.told("one subtask", () -> runs.metrics(1, JobRuns.CHECKPOINTS)).measure();
      tell(run, stage, rounds.median(WITH), one);
      footprint(run, stage, footprint);
      if (isMost(size)) {
        Pairs pairs = rounds.pairs(WITH, WITHOUT);
        run.results().put(Part.GROWTH, "p7.ratio", pairs.ratio(Cost::samplesPerSecond));
        run.results().put(Part.GROWTH, "p7.spread", pairs.spread(Cost::samplesPerSecond));
      }
    }
  }

  private void tell(PipelineRun run, Stage stage, Cost two, Cost one) {
    int series = stage.workload().series();
    String prefix = "growth." + series + ".";
    Results results = run.results();
    results.put(Part.GROWTH, prefix + "ns_per_sample", two.cpuNanosPerSample());
    results.put(Part.GROWTH, prefix + "samples_per_second", two.samplesPerSecond());
    results.put(Part.GROWTH, prefix + "one.ns_per_sample", one.cpuNanosPerSample());
    results.put(Part.GROWTH, prefix + "one.samples_per_second", one.samplesPerSecond());
    sizes.add(new Size(series, two.cpuNanosPerSample()));
  }

  private static void footprint(PipelineRun run, Stage stage, JobRuns.Footprint footprint) {
    int series = stage.workload().series();
    String prefix = "growth." + series + ".";
    double heap = (double) footprint.heapBytes() / series;
    double checkpoint = (double) footprint.checkpoint().bytes() / series;
    Results results = run.results();
    results.put(Part.GROWTH, prefix + "bytes_per_series", heap);
    results.put(Part.GROWTH, prefix + "checkpoint_bytes_per_series", checkpoint);
    results.put(Part.GROWTH, "p5.bytes_per_series", heap);
    results.put(Part.GROWTH, "p5.checkpoint_bytes_per_series", checkpoint);
    results.put(Part.GROWTH, "p7.checkpoint_p95_ms", footprint.checkpoint().millis());
  }
}
