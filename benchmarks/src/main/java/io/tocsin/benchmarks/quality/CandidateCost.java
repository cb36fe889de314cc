// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;
import io.tocsin.benchmarks.quality.scorers.ShippedScorer;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/**
 * What a candidate costs with many series that take turns, each long enough to have all that a
 * series ever gets.
 *
 * @param nanosPerSample CPU time, in ns
 * @param allocatedBytesPerSample garbage and growth
 * @param heapBytesPerSeries memory that stays
 * @param snapshotBytesPerSeries bytes in a checkpoint, or NaN where there is none
 */
record CandidateCost(
    double nanosPerSample,
    double allocatedBytesPerSample,
    double heapBytesPerSeries,
    double snapshotBytesPerSeries) {
  private static final long START = 1_704_067_200_000L;
  private static final long INTERVAL = 300_000;

  /** Two days and a bit. */
  private static final int SAMPLES = 600;

  private static final int DAY_SAMPLES = 288;

  /** Only what comes after counts for time: profiles are there, and code is compiled. */
  private static final int WARM_UP = 400;

  /** With so many series of one subject. */
  static CandidateCost of(Candidate candidate, int series) {
    long before = usedHeap();
    Scorer scorer = candidate.start(series);
    SplittableRandom random = new SplittableRandom(1);
    play(scorer, series, 0, WARM_UP, random);
    long nanos = cpuNanos();
    long allocated = allocatedBytes();
    play(scorer, series, WARM_UP, SAMPLES, random);
    nanos = cpuNanos() - nanos;
    allocated = allocatedBytes() - allocated;
    long heap = usedHeap() - before;
    double snapshot = snapshotBytes(scorer) / series;
    double samples = (double) series * (SAMPLES - WARM_UP);
    return new CandidateCost(
        nanos / samples, allocated / samples, (double) heap / series, snapshot);
  }

  /** A daily wave with noise, each series at a level of its own. */
  private static void play(Scorer scorer, int series, int from, int to, SplittableRandom random) {
    for (int i = from; i < to; i++) {
      double wave = Math.sin(2 * Math.PI * i / DAY_SAMPLES);
      for (int each = 0; each < series; each++) {
        double value = 100 + each + 20 * wave + random.nextDouble();
        double unused = scorer.score(each, START + i * INTERVAL, value);
      }
    }
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static double snapshotBytes(Scorer scorer) {
    return scorer instanceof ShippedScorer shipped ? shipped.snapshot().length : Double.NaN;
  }

  /** As figures. */
  Figures figures() {
    Figures figures = new Figures();
    figures.put("cost.ns_per_sample", nanosPerSample);
    figures.put("cost.bytes_per_series", heapBytesPerSeries);
    figures.put("cost.allocated_bytes_per_sample", allocatedBytesPerSample);
    figures.put("cost.snapshot_bytes_per_series", snapshotBytesPerSeries);
    return figures;
  }
}
