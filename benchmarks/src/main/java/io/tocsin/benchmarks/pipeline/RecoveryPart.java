// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.fleet.FleetSettings;
import io.tocsin.benchmarks.fleet.Schedule;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;

/**
 * How long the metrics job takes until it is as little behind as before, when its task manager is
 * killed while half of what it could take in arrives. How far it is behind is told by its own marks
 * of progress in the topic of findings, and so includes all it does.
 */
final class RecoveryPart implements PartRun {
  private static final double LOAD = 0.5;
  private static final int AGEING = 12;
  private static final int WARM_UP = 26;

  /** Of the live load: when the task manager is killed, and when series go up. */
  private static final double KILLED_AT = 0.3;

  private static final double BROKEN_AT = 0.6;

  /** All that is in Kafka must be younger than what it keeps. */
  private static final long MOST_SPAN_MILLIS = 2 * 3_600_000L;

  private static final long MOST_LATE_MILLIS = 1_000;

  /** A job that is farther behind does not keep up with the load. */
  private static final long MOST_USUAL_MILLIS = 3_000;

  private final PipelineSettings settings;
  private final FleetSettings fleet;

  RecoveryPart(PipelineSettings settings) {
    this.settings = settings;
    fleet = FleetSettings.of(settings.manySeries());
  }

  @Override
  public Part part() {
    return Part.RECOVERY;
  }

  @Override
  public Needs needs() {
    long live = (long) (settings.liveSeconds() * 1e6);
    return Needs.of(settings.manySeries(), (long) WARM_UP * settings.manySeries() + live, false);
  }

  @Override
  public double seconds() {
    long samples = (long) WARM_UP * settings.manySeries();
    return PipelineRun.capacitySeconds(settings.manySeries())
        + Expected.stageSeconds(samples)
        + Expected.passSeconds(samples)
        + settings.liveSeconds()
        + 10;
  }

  @Override
  public void run(PipelineRun run) throws Exception {
    Flaws flaws = run.results().flaws(Part.RECOVERY);
    double load = LOAD * run.capacity(fleet, PipelineRun.OLD, flaws);
    int live = Math.max(8, (int) Math.ceil(settings.liveSeconds() * load / settings.manySeries()));
    long step = Math.min(Schedule.INTERVAL_MILLIS, MOST_SPAN_MILLIS / live);
    int broken = WARM_UP + (int) (live * BROKEN_AT);
    Schedule schedule = new Schedule(AGEING, WARM_UP + live, step, broken, 1);
    try (Stage stage = run.open(fleet, Workload.Plan.past(schedule));
        Findings findings = new Findings(stage.workload())) {
      Workload workload = stage.workload();
      run.tell("Sending %,d series to Kafka".formatted(workload.series()));
      workload.send(WARM_UP);
      JobRuns runs = new JobRuns(stage, flaws);
      JobID job = stage.cluster().submit(runs.metricsJob(2, JobRuns.CHECKPOINTS, true), null);
      stage.cluster().await(job, () -> runs.taken(job), workload.samples());
      stage.cluster().checkpoint(job);
      double speed = step * load / (1000.0 * workload.series());
      run.tell("Live: %,.0f samples/s for %d s".formatted(load, settings.liveSeconds()));
      Pace pace = new Pace(workload.timeOf(WARM_UP), speed, false);
      Killing killing = new Killing(stage, Math.round(settings.liveSeconds() * KILLED_AT));
      workload.send(schedule.scrapes(), pace);
      long killed = killing.time();
      long since = workload.samples() - killing.sent;
      stage.cluster().await(job, () -> runs.taken(job), since);
      runs.checkFound(findings);
      runs.checkNothingOdd(job);
      runs.checkNoneAnew(job);
      tell(run, new Lag(findings.marks(), pace), killed);
      late(flaws, pace);
    }
  }

  /** Kills the task manager after some seconds, on a thread of its own. */
  private static final class Killing {
    private final Thread thread;
    private volatile long time;
    private volatile String failure = "";

    /** Samples that were sent before. */
    private volatile long sent;

    Killing(Stage stage, long seconds) {
      thread =
          new Thread(
              () -> {
                try {
                  TimeUnit.SECONDS.sleep(seconds);
                  time = System.currentTimeMillis();
                  sent = stage.workload().begun();
                  stage.cluster().loseTaskManager();
                } catch (Exception e) {
                  failure = e.toString();
                }
              },
              "killing");
      thread.setDaemon(true);
      thread.start();
    }

    long time() throws InterruptedException {
      thread.join();
      if (!failure.isEmpty()) {
        throw new IllegalStateException("The task manager was not replaced: " + failure);
      }
      return time;
    }
  }

  private static void late(Flaws flaws, Pace pace) {
    if (pace.mostLate() > MOST_LATE_MILLIS) {
      flaws.add("the load was sent up to %,d ms too late".formatted(pace.mostLate()));
    }
  }

  private void tell(PipelineRun run, Lag lag, long killed) {
    double seconds = lag.secondsUntilCaughtUp(killed);
    if (lag.usualMillis(killed) > MOST_USUAL_MILLIS) {
      run.results()
          .flaws(Part.RECOVERY)
          .add("the job was %,d ms behind already".formatted(lag.usualMillis(killed)));
    }
    if (Double.isNaN(seconds)) {
      run.results().flaws(Part.RECOVERY).add("the job did not catch up while load was kept up");
      return;
    }
    run.tell("Caught up %.1f s after the kill".formatted(seconds));
    run.results().put(Part.RECOVERY, "recovery.seconds", seconds);
    run.results().put(Part.RECOVERY, "recovery.series", settings.manySeries());
    run.results().put(Part.RECOVERY, "recovery.usual_lag_ms", (double) lag.usualMillis(killed));
  }

  /**
   * How far the job is behind, by its marks of progress.
   *
   * @param pace which says when the time of a mark was due
   */
  record Lag(List<Findings.Mark> marks, Pace pace) {
    /** What was sent before may still arrive so long after the kill. */
    private static final long ON_THE_WAY_MILLIS = 300;

    private static final long TOLERANCE_MILLIS = 500;

    private long millis(Findings.Mark mark) {
      return mark.appended() - pace.due(mark.time());
    }

    /** The most that it was behind under load before it was killed. */
    long usualMillis(long killed) {
      return marks.stream()
          .filter(mark -> mark.appended() < killed)
          .filter(mark -> mark.appended() > pace.start() + (killed - pace.start()) / 2)
          .mapToLong(this::millis)
          .max()
          .orElse(0);
    }

    /** NaN when it has never caught up. */
    double secondsUntilCaughtUp(long killed) {
      long usual = usualMillis(killed) + TOLERANCE_MILLIS;
      return marks.stream()
          .filter(mark -> mark.appended() > killed + ON_THE_WAY_MILLIS)
          .filter(mark -> millis(mark) <= usual)
          .mapToDouble(mark -> (mark.appended() - killed) / 1000.0)
          .findFirst()
          .orElse(Double.NaN);
    }
  }
}
