// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.fleet.FleetSettings;
import io.tocsin.benchmarks.fleet.Schedule;
import io.tocsin.benchmarks.measure.Pairs;
import io.tocsin.benchmarks.report.Output;
import io.tocsin.jobs.local.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One run of the benchmark: where it writes, what has to end with it, and what it has found. */
final class PipelineRun {
  private static final int CALIBRATION_SCRAPES = 40;

  private final Path directory;
  private final Resources resources;
  private final Output output;
  private final Results results = new Results();
  private final Map<Integer, Double> capacities = new HashMap<>();
  private int stages;

  PipelineRun(Path directory, Resources resources, Output output) {
    this.directory = directory;
    this.resources = resources;
    this.output = output;
  }

  Results results() {
    return results;
  }

  Resources resources() {
    return resources;
  }

  void tell(String what) {
    output.progress(what);
  }

  /** A variant whose every figure is told. */
  Pairs.Variant told(String name, Pairs.Variant variant) {
    return output.told(name, variant);
  }

  /** A directory that nothing has used yet. */
  Path newDirectory() {
    return directory.resolve("stage-" + stages++);
  }

  /** Starts what it takes to play a fleet; nothing is sent yet. */
  Stage open(FleetSettings fleet, Workload.Plan plan) throws Exception {
    return Stage.open(newDirectory(), resources, fleet, plan);
  }

  /** The same for a schedule that ends now, all of which is sent. */
  Stage filled(FleetSettings fleet, Schedule schedule) throws Exception {
    Stage stage = open(fleet, Workload.Plan.past(schedule));
    tell(
        "Sending %,d samples of %,d series to Kafka"
            .formatted((long) fleet.series() * schedule.scrapes(), fleet.series()));
    stage.workload().send(schedule.scrapes());
    return stage;
  }

  /** Tells how many samples per second the job takes in when there are so many series. */
  void capacity(int series, double samplesPerSecond) {
    capacities.put(series, samplesPerSecond);
  }

  /** How many samples per second the job takes in; measured when no part has done it yet. */
  double capacity(int series, Flaws flaws) throws Exception {
    Double known = capacities.get(series);
    if (known != null) {
      return known;
    }
    tell("Measuring how much load is full load with %,d series".formatted(series));
    FleetSettings fleet = FleetSettings.of(series);
    try (Stage stage = filled(fleet, Schedule.scrapes(CALIBRATION_SCRAPES))) {
      JobRuns runs = new JobRuns(stage, flaws);
      Duration checkpoints = JobRuns.CHECKPOINTS;
      runs.metrics(FlinkConfiguration.SLOTS, checkpoints);
      double measured = runs.metrics(FlinkConfiguration.SLOTS, checkpoints).samplesPerSecond();
      capacities.put(series, measured);
      return measured;
    }
  }
}
