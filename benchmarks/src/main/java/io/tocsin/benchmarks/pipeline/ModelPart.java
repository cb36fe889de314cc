// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.benchmarks.measure.Pairs;
import io.tocsin.benchmarks.quality.baselines.Baselines;
import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;
import io.tocsin.benchmarks.quality.scorers.Shipped;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/**
 * P4: what a value costs the shipped scorer, by what it costs AWS Random Cut Forest as it is set
 * for the quality figures. Both see noisy daily waves of series that take turns, as many as leave
 * the processor's caches, and old enough to have all that a series ever gets.
 */
final class ModelPart implements PartRun {
  private static final String RIVAL = "rcf";
  private static final long START = 1_704_067_200_000L;
  private static final long INTERVAL_MILLIS = 300_000;
  private static final int DAY = 288;

  /** The age of profiles. */
  private static final int WARM_UP = 300;

  /** A forest that is young takes most values into its trees, an old one one in ten. */
  private static final int RIVALS_WARM_UP = 3_000;

  /** More than the processor's caches hold. */
  private static final int RIVALS = 50;

  private static final int PAIRS = 8;
  private static final long BLOCK_NANOS = 300_000_000;
  private static final double SECONDS = 75;

  @Override
  public Part part() {
    return Part.P4;
  }

  @Override
  public Needs needs() {
    return new Needs(0, 0);
  }

  @Override
  public double seconds() {
    return SECONDS;
  }

  /** A candidate with series that have lived for a while. */
  private static final class Watch {
    private final Scorer scorer;
    private final int series;
    private final SplittableRandom random = new SplittableRandom(1);
    private int step;

    Watch(Candidate candidate, int series, int warmUp) {
      this.series = series;
      scorer = candidate.start(series);
      for (int i = 0; i < warmUp; i++) {
        step();
      }
    }

    private void step() {
      double wave = Math.sin(2 * Math.PI * step / DAY);
      for (int of = 0; of < series; of++) {
        double value = 100 + of + 20 * wave + random.nextDouble();
        double unused = scorer.score(of, START + step * INTERVAL_MILLIS, value);
      }
      step++;
    }

    Cost measure() {
      var threads = ManagementFactory.getThreadMXBean();
      long wall = System.nanoTime();
      long from = threads.getCurrentThreadCpuTime();
      long samples = 0;
      long now = from;
      while (now - from < BLOCK_NANOS) {
        step();
        samples += series;
        now = threads.getCurrentThreadCpuTime();
      }
      return new Cost(samples, now - from, 0, System.nanoTime() - wall);
    }
  }

  @Override
  public void run(PipelineRun run) throws Exception {
    run.tell("Detector beside AWS Random Cut Forest");
    Candidate shipped = new Shipped();
    Watch ours = new Watch(shipped, shipped.costSeries(), WARM_UP);
    Watch rival =
        new Watch(
            Baselines.all().stream()
                .filter(baseline -> baseline.name().equals(RIVAL))
                .findFirst()
                .orElseThrow(),
            RIVALS,
            RIVALS_WARM_UP);
    Pairs pairs = Pairs.measure(PAIRS, ours::measure, rival::measure);
    run.results().put(Part.P4, "p4.ratio", pairs.ratio());
    run.results().put(Part.P4, "p4.spread", pairs.spread());
    run.results().put(Part.P4, "p4.ns_per_update", pairs.a().cpuNanosPerSample());
    run.results().put(Part.P4, "p4.rcf_ns_per_update", pairs.b().cpuNanosPerSample());
  }
}
