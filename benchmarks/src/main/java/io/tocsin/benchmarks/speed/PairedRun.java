// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Compares the CPU time of two ways to read the same content, in the order A B B A, so that slow
 * changes of the machine meet both alike. Time is that of this thread, which leaves out what other
 * processes take, but also the collector's work, which favours whoever allocates.
 */
final class PairedRun {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Side a;
  private final Side b;
  private final int samples;

  /**
   * One of the two ways.
   *
   * @param name what to call it
   * @param lookup how it reads
   * @param body what it reads
   */
  record Side(String name, SeriesLookup lookup, byte[] body) {}

  /**
   * What came out: medians over all blocks, and the ratio A ÷ B over all pairs.
   *
   * @param spread the inter-quartile range of the ratio, as a part of its median
   */
  record Result(
      String a,
      String b,
      double nanosA,
      double nanosB,
      double ratio,
      double spread,
      double bytesA,
      double bytesB,
      List<Double> ratios) {}

  private record Block(double nanos, double bytes) {}

  PairedRun(Side a, Side b, int samples) {
    this.a = a;
    this.b = b;
    this.samples = samples;
  }

  /** Runs until warm, then measures this many quadruples A B B A, two pairs each. */
  Result run(int quadruples, long blockNanos) {
    if (a.lookup().read(a.body()) != b.lookup().read(b.body())) {
      throw new IllegalStateException(a.name() + " and " + b.name() + " read different content");
    }
    warmUp(blockNanos);
    List<Block> blocksA = new ArrayList<>();
    List<Block> blocksB = new ArrayList<>();
    for (int i = 0; i < quadruples; i++) {
      blocksA.add(block(a, blockNanos));
      blocksB.add(block(b, blockNanos));
      blocksB.add(block(b, blockNanos));
      blocksA.add(block(a, blockNanos));
    }
    return result(blocksA, blocksB);
  }

  /** Reads until the compiler has had nothing to do for a while: on a busy machine it lags. */
  private void warmUp(long blockNanos) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    int quiet = 0;
    for (int i = 0; quiet < 3 && i < 60; i++) {
      long before = compiler.getTotalCompilationTime();
      block(a, blockNanos);
      block(b, blockNanos);
      quiet = compiler.getTotalCompilationTime() - before < 5 ? quiet + 1 : 0;
    }
  }

  private Block block(Side side, long nanos) {
    long bodies = 0;
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long begin = THREADS.getCurrentThreadCpuTime();
    long now = begin;
    while (now - begin < nanos) {
      for (int i = 0; i < 8; i++) {
        side.lookup().read(side.body());
      }
      bodies += 8;
      now = THREADS.getCurrentThreadCpuTime();
    }
    double read = (double) bodies * samples;
    return new Block(
        (now - begin) / read, (THREADS.getCurrentThreadAllocatedBytes() - bytes) / read);
  }

  private Result result(List<Block> blocksA, List<Block> blocksB) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < blocksA.size(); i++) {
      ratios.add(blocksA.get(i).nanos() / blocksB.get(i).nanos());
    }
    Collections.sort(ratios);
    double ratio = quantile(ratios, 0.5);
    return new Result(
        a.name(),
        b.name(),
        median(blocksA.stream().map(Block::nanos).toList()),
        median(blocksB.stream().map(Block::nanos).toList()),
        ratio,
        (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / ratio,
        median(blocksA.stream().map(Block::bytes).toList()),
        median(blocksB.stream().map(Block::bytes).toList()),
        ratios);
  }

  private static double median(List<Double> values) {
    return quantile(values.stream().sorted().toList(), 0.5);
  }

  private static double quantile(List<Double> sorted, double q) {
    double place = q * (sorted.size() - 1);
    int low = (int) place;
    int high = Math.min(low + 1, sorted.size() - 1);
    return sorted.get(low) + (sorted.get(high) - sorted.get(low)) * (place - low);
  }
}
