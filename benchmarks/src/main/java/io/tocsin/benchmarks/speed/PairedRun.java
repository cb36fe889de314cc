// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import com.sun.management.ThreadMXBean;
import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.benchmarks.measure.Pairs;
import java.lang.management.ManagementFactory;

/**
 * Compares the CPU time of two ways to read the same content. Time is that of this thread, which
 * leaves out what other processes take, but also the collector's work, which favours whoever
 * allocates.
 *
 * @param a one of the two ways
 * @param b the other
 * @param samples how many samples each body holds
 */
record PairedRun(Side a, Side b, int samples) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * One of the two ways.
   *
   * @param name what to call it
   * @param lookup how it reads
   * @param body what it reads
   */
  @SuppressWarnings("ArrayRecordComponent") // a bundle of arguments, never compared
  record Side(String name, SeriesLookup lookup, byte[] body) {}

  /** Runs until warm, then measures this many pairs. */
  Pairs run(int pairs, long blockNanos) throws Exception {
    if (a.lookup().read(a.body()) != b.lookup().read(b.body())) {
      throw new IllegalStateException(a.name() + " and " + b.name() + " read different content");
    }
    Pairs.measure(4, () -> block(a, 2 * blockNanos), () -> block(b, 2 * blockNanos));
    return Pairs.measure(pairs, () -> block(a, blockNanos), () -> block(b, blockNanos));
  }

  private Cost block(Side side, long nanos) {
    long bodies = 0;
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long wall = System.nanoTime();
    long begin = THREADS.getCurrentThreadCpuTime();
    long now = begin;
    while (now - begin < nanos) {
      for (int i = 0; i < 8; i++) {
        side.lookup().read(side.body());
      }
      bodies += 8;
      now = THREADS.getCurrentThreadCpuTime();
    }
    return new Cost(
        bodies * samples,
        now - begin,
        THREADS.getCurrentThreadAllocatedBytes() - bytes,
        System.nanoTime() - wall);
  }
}
