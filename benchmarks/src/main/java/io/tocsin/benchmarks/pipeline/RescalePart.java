// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.fleet.FleetSettings;
import io.tocsin.benchmarks.fleet.Schedule;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;

/**
 * From one subtask to two and back, each time from a checkpoint: how long the job takes until its
 * tasks run again with all they have learned. No sample may be lost or taken in twice, and what
 * deviates after all that must be found.
 */
final class RescalePart implements PartRun {
  private static final int FIRST = 24;
  private static final int SECOND = 28;
  private static final int THIRD = 34;

  private final PipelineSettings settings;
  private final Schedule schedule =
      new Schedule(12, THIRD, Schedule.INTERVAL_MILLIS, SECOND + 1, 1);

  RescalePart(PipelineSettings settings) {
    this.settings = settings;
  }

  private long samples() {
    return (long) settings.manySeries() * THIRD;
  }

  @Override
  public Part part() {
    return Part.RESCALE;
  }

  @Override
  public Needs needs() {
    return Needs.of(settings.manySeries(), samples(), false);
  }

  @Override
  public double seconds() {
    return Expected.stageSeconds(samples()) + 1.9 * Expected.passSeconds(samples()) + 10;
  }

  /** A job that has taken in all there was, and the checkpoint that it left. */
  private record Left(FlinkCluster.Checkpoint checkpoint, double seconds) {}

  @Override
  public void run(PipelineRun run) throws Exception {
    Flaws flaws = run.results().flaws(Part.RESCALE);
    FleetSettings fleet = FleetSettings.of(settings.manySeries());
    try (Stage stage = run.open(fleet, Workload.Plan.past(schedule));
        Findings findings = new Findings(stage.workload())) {
      JobRuns runs = new JobRuns(stage, flaws);
      run.tell("Rescaling %,d series".formatted(settings.manySeries()));
      Left first = step(stage, runs, new Step(1, FIRST, null));
      run.tell("One subtask has taken in all");
      Left second = step(stage, runs, new Step(2, SECOND, first.checkpoint()));
      run.tell("Two subtasks ran again after %.1f s".formatted(second.seconds()));
      Left third = step(stage, runs, new Step(1, THIRD, second.checkpoint()));
      run.tell("One subtask ran again after %.1f s".formatted(third.seconds()));
      runs.checkFound(findings);
      Results results = run.results();
      results.put(Part.RESCALE, "rescale.series", stage.workload().series());
      results.put(Part.RESCALE, "rescale.up_seconds", second.seconds());
      results.put(Part.RESCALE, "rescale.down_seconds", third.seconds());
      results.put(Part.RESCALE, "rescale.checkpoint_bytes", (double) second.checkpoint().bytes());
    }
  }

  /** What to do: with how many subtasks, until which scrape, and from where. */
  private record Step(int parallelism, int until, FlinkCluster.@Nullable Checkpoint from) {}

  private static Left step(Stage stage, JobRuns runs, Step step) throws Exception {
    FlinkCluster cluster = stage.cluster();
    Workload workload = stage.workload();
    long before = workload.samples();
    long counters = step.from() == null ? workload.counters() : 0;
    long began = System.nanoTime();
    // One that is taken in turn would take the place of that which is to be restored.
    JobID job =
        cluster.submit(
            runs.metricsJob(step.parallelism(), JobRuns.NO_CHECKPOINTS, false), step.from());
    cluster.awaitRunning(job);
    double seconds = (System.nanoTime() - began) / 1e9;
    workload.send(step.until());
    long samples = workload.samples() - before;
    cluster.await(job, () -> runs.taken(job), samples);
    FlinkCluster.Checkpoint checkpoint = cluster.checkpoint(job);
    runs.checkFates(job, samples, counters);
    cluster.stop(job);
    return new Left(checkpoint, seconds);
  }
}
