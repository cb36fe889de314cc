// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.fleet.Fleet;
import io.tocsin.benchmarks.fleet.FleetSettings;
import io.tocsin.benchmarks.fleet.Schedule;
import io.tocsin.benchmarks.measure.Pairs;
import io.tocsin.benchmarks.report.Output;
import io.tocsin.jobs.local.Resources;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.JobID;

/** One run of the benchmark: where it writes, what has to end with it, and what it has found. */
final class PipelineRun {
  /** Of a calibration: what was sent before, for the compiler, and what is timed. */
  private static final int WARM_UP_SCRAPES = 60;

  private static final int TIMED_SCRAPES = 40;
  private static final int SCRAPES = WARM_UP_SCRAPES + TIMED_SCRAPES;

  /** Series old enough for all that a series ever gets. */
  static final Schedule OLD = Schedule.scrapes(SCRAPES);

  /** Series that are scraped several times a second, as when time is real. */
  static final Schedule YOUNG = new Schedule(0, SCRAPES, 200, SCRAPES, 1);

  /** So many samples may be on their way while full load is measured: far more than hold it up. */
  private static final long ON_THE_WAY = 500_000;

  private static final long LOOK_NANOS = 10_000_000;

  private final Path directory;
  private final Resources resources;
  private final Output output;
  private final Results results = new Results();
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

  /** About how long {@link #capacity} takes. */
  static double capacitySeconds(int series) {
    return Expected.stageSeconds((long) WARM_UP_SCRAPES * series)
        + Expected.passSeconds((long) (WARM_UP_SCRAPES + 2 * TIMED_SCRAPES) * series);
  }

  /**
   * How many samples per second the job takes in while they are made, and kept by Kafka, on the
   * same machine: each is sent when those before it are about to be taken in.
   */
  double capacity(FleetSettings fleet, Schedule schedule, Flaws flaws) throws Exception {
    tell("Measuring how much live load is full load with %,d series".formatted(fleet.series()));
    try (Stage stage = open(fleet, Workload.Plan.past(schedule))) {
      Workload workload = stage.workload();
      workload.send(WARM_UP_SCRAPES);
      JobRuns runs = new JobRuns(stage, flaws);
      FlinkCluster cluster = stage.cluster();
      JobID job =
          cluster.submit(
              runs.metricsJob(FlinkConfiguration.SLOTS, JobRuns.CHECKPOINTS, false), null);
      cluster.await(job, () -> runs.taken(job), workload.samples());
      long began = System.nanoTime();
      workload.send(schedule.scrapes(), new Follower(workload, () -> runs.taken(job)));
      cluster.await(job, () -> runs.taken(job), workload.samples());
      return (double) workload.series() * TIMED_SCRAPES / ((System.nanoTime() - began) / 1e9);
    }
  }

  /** Lets samples be sent when not many are on their way. */
  private static final class Follower implements Fleet.Clock {
    private final Workload workload;
    private final LongSupplier taken;
    private long looked;

    Follower(Workload workload, LongSupplier taken) {
      this.workload = workload;
      this.taken = taken;
    }

    @Override
    public long time(long scheduled) {
      long now = System.nanoTime();
      while (now - looked > LOOK_NANOS) {
        long onTheWay = workload.begun() - taken.getAsLong();
        if (onTheWay <= ON_THE_WAY) {
          looked = now;
        } else {
          LockSupport.parkNanos(LOOK_NANOS);
          now = System.nanoTime();
        }
      }
      return scheduled;
    }
  }
}
