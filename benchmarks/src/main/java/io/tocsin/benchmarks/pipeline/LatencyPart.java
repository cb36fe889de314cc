// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.fleet.FleetSettings;
import io.tocsin.benchmarks.fleet.Schedule;
import io.tocsin.benchmarks.measure.Pairs;
import java.time.Duration;
import org.apache.flink.api.common.JobID;

/**
 * P9: how long after the arrival of its newest sample a strong finding is in Kafka, while seven
 * tenths arrive of what the job could take in. Time is real; so that there are as many samples,
 * each series is scraped several times a second; none is old enough for a profile then.
 */
final class LatencyPart implements PartRun {
  private static final double LOAD = 0.7;
  private static final int WARM_UP = 100;
  private static final long LEAST_STEP_MILLIS = 20;

  /** Of the live scrapes: when the first series go up, and during which others follow. */
  private static final double BROKEN_FROM = 0.25;

  private static final double BROKEN_DURING = 0.6;

  /** A sender that is later than this has not sent the load. */
  private static final long MOST_LATE_MILLIS = 1_000;

  private final PipelineSettings settings;
  private final FleetSettings fleet;

  LatencyPart(PipelineSettings settings) {
    this.settings = settings;
    fleet = FleetSettings.of(settings.series());
  }

  @Override
  public Part part() {
    return Part.P9;
  }

  @Override
  public Needs needs() {
    long live = (long) (settings.liveSeconds() * 2e6);
    return Needs.of(settings.series(), (long) WARM_UP * settings.series() + live, false);
  }

  @Override
  public double seconds() {
    long samples = (long) WARM_UP * settings.series();
    return PipelineRun.capacitySeconds(settings.series())
        + Expected.stageSeconds(samples)
        + Expected.passSeconds(samples)
        + settings.liveSeconds()
        + 5;
  }

  @Override
  public void run(PipelineRun run) throws Exception {
    Flaws flaws = run.results().flaws(Part.P9);
    double load = LOAD * run.capacity(fleet, PipelineRun.YOUNG, flaws);
    long step = Math.max(LEAST_STEP_MILLIS, Math.round(1000 * settings.series() / load));
    int live = (int) (settings.liveSeconds() * 1000L / step);
    int from = WARM_UP + (int) (live * BROKEN_FROM);
    int during = Math.max(1, (int) (live * BROKEN_DURING));
    Schedule schedule = new Schedule(0, WARM_UP + live, step, from, during);
    try (Stage stage = run.open(fleet, new Workload.Plan(schedule, WARM_UP));
        Findings findings = new Findings(stage.workload())) {
      Workload workload = stage.workload();
      workload.send(WARM_UP);
      JobRuns runs = new JobRuns(stage, flaws);
      JobID job = stage.cluster().submit(runs.metricsJob(2, JobRuns.CHECKPOINTS, false), null);
      stage.cluster().await(job, () -> runs.taken(job), workload.samples());
      run.tell(
          "Live: %,d samples/s for %d s"
              .formatted(1000L * workload.series() / step, settings.liveSeconds()));
      Pace pace = new Pace(workload.timeOf(WARM_UP), 1, true);
      workload.send(schedule.scrapes(), pace);
      stage.cluster().await(job, () -> runs.taken(job), workload.samples());
      runs.checkAllTaken(job, workload.samples());
      runs.checkFound(findings);
      tell(run, findings, pace, step);
    }
  }

  private void tell(PipelineRun run, Findings findings, Pace pace, long step) {
    Results results = run.results();
    long from = pace.start() + Duration.ofSeconds(settings.liveSeconds()).toMillis() / 10;
    double[] delays =
        findings.told().stream()
            .filter(told -> told.arrival() >= from)
            .mapToDouble(told -> told.appended() - told.arrival())
            .toArray();
    if (pace.mostLate() > MOST_LATE_MILLIS) {
      results
          .flaws(Part.P9)
          .add("the load was sent up to %,d ms too late".formatted(pace.mostLate()));
    }
    if (delays.length == 0) {
      results.flaws(Part.P9).add("there was no finding under load");
      return;
    }
    results.put(Part.P9, "p9.p50_ms", Pairs.quantile(delays, 0.5));
    results.put(Part.P9, "p9.p99_ms", Pairs.quantile(delays, 0.99));
    results.put(Part.P9, "p9.findings", delays.length);
    results.put(Part.P9, "p9.samples_per_second", 1000.0 * settings.series() / step);
    results.put(Part.P9, "p9.sender_late_ms", (double) pace.mostLate());
  }
}
