// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.measure.Heap;
import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;
import io.tocsin.benchmarks.quality.scorers.ShippedScorer;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What a candidate costs with many series that take turns, each long enough to have all that a
 * series ever gets. As in the metrics job, many series are spread over several shards, each with a
 * scorer of its own; a shard takes no more than its share.
 *
 * @param nanosPerSample CPU time, in ns: that of the quickest of several rounds of equal work,
 *     since the compiler and others' work on the machine only ever add to it
 * @param allocatedBytesPerSample garbage and growth, over all these rounds
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
  private static final int HOUR_SAMPLES = 12;
  private static final int DAY_SAMPLES = 24 * HOUR_SAMPLES;

  /** Only what comes after counts: profiles are there, and code is compiled. */
  private static final int WARM_UP = 400;

  /** Whole hours, so that what happens once an hour happens as often in each. */
  private static final int ROUND = 5 * HOUR_SAMPLES;

  /** Rounds go on until so many in a row are no better than the best one. */
  private static final int VAIN_ROUNDS = 10;

  private static final int MOST_ROUNDS = 60;

  /** What is quicker by less than this is no better. */
  private static final double BETTER = 0.98;

  /** Series of a shard: enough to leave the processor's caches. */
  private static final int SHARD_SERIES = 10_000;

  /** What takes little memory is measured with so many series too. */
  static final int MANY_SERIES = 100_000;

  /**
   * All cost figures of a candidate.
   *
   * @param mostSeries with no more series than these
   * @param progress is told often what is done at the moment
   */
  static Figures figures(Candidate candidate, int mostSeries, Consumer<String> progress) {
    int series = Math.min(mostSeries, candidate.costSeries());
    // The first one is for the compiler, and so is the larger one for the smaller.
    CandidateCost unused = of(candidate, Math.max(1, series / 10), progress);
    Figures figures = new Figures();
    if (series >= SHARD_SERIES && mostSeries >= MANY_SERIES) {
      of(candidate, MANY_SERIES, progress).tell(figures, "_at_100k_series");
    }
    of(candidate, series, progress).tell(figures, "");
    return figures;
  }

  private void tell(Figures figures, String ending) {
    figures.put("cost.ns_per_sample" + ending, nanosPerSample);
    figures.put("cost.bytes_per_series" + ending, heapBytesPerSeries);
    figures.put("cost.allocated_bytes_per_sample" + ending, allocatedBytesPerSample);
    figures.put("cost.snapshot_bytes_per_series" + ending, snapshotBytesPerSeries);
  }

  /** With so many series, those of a shard of one subject. */
  static CandidateCost of(Candidate candidate, int series, Consumer<String> progress) {
    String what = "cost of %s, %,d series".formatted(candidate.title(), series);
    long before = Heap.used();
    int shards = Math.max(1, series / SHARD_SERIES);
    Scorer[] scorers = new Scorer[shards];
    for (int shard = 0; shard < shards; shard++) {
      scorers[shard] = candidate.start(series / shards);
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < WARM_UP; i++) {
      progress.accept(what);
      play(scorers, series, i, i + 1, random);
    }
    long allocated = allocatedBytes();
    long quickest = Long.MAX_VALUE;
    int rounds = 0;
    for (int vain = 0; vain < VAIN_ROUNDS && rounds < MOST_ROUNDS; rounds++) {
      int from = WARM_UP + rounds * ROUND;
      // Not within a round, which is measured.
      progress.accept(what + ", round " + (rounds + 1));
      long began = cpuNanos();
      play(scorers, series, from, from + ROUND, random);
      long nanos = cpuNanos() - began;
      vain = nanos < BETTER * quickest ? 0 : vain + 1;
      quickest = Math.min(quickest, nanos);
    }
    double samples = (double) series * ROUND;
    double garbage = allocatedBytes() - allocated;
    double heap = Heap.used() - before;
    return new CandidateCost(
        quickest / samples,
        garbage / (samples * rounds),
        heap / series,
        snapshotBytes(scorers) / series);
  }

  /** A daily wave with noise, each series at a level of its own. */
  private static void play(
      Scorer[] scorers, int series, int from, int to, SplittableRandom random) {
    int each = series / scorers.length;
    for (int i = from; i < to; i++) {
      double wave = Math.sin(2 * Math.PI * i / DAY_SAMPLES);
      for (Scorer scorer : scorers) {
        for (int of = 0; of < each; of++) {
          double value = 100 + of + 20 * wave + random.nextDouble();
          double unused = scorer.score(of, START + i * INTERVAL, value);
        }
      }
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static double snapshotBytes(Scorer[] scorers) {
    double bytes = 0;
    for (Scorer scorer : scorers) {
      bytes += scorer instanceof ShippedScorer shipped ? shipped.snapshot().length : Double.NaN;
    }
    return bytes;
  }
}
