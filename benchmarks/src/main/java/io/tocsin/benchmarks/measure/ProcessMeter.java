// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** Measures what this process spends from {@link #start} until {@link #stop}. */
public final class ProcessMeter {
  private static final com.sun.management.OperatingSystemMXBean PROCESS =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Map<Long, Long> allocated = allocatedByThread();
  private final long wall = System.nanoTime();
  private final long cpu = PROCESS.getProcessCpuTime();

  private ProcessMeter() {}

  public static ProcessMeter start() {
    return new ProcessMeter();
  }

  /** The cost so far of this many samples. */
  public Cost stop(long samples) {
    long cpuNanos = PROCESS.getProcessCpuTime() - cpu;
    long wallNanos = System.nanoTime() - wall;
    long bytes = 0;
    for (Map.Entry<Long, Long> thread : allocatedByThread().entrySet()) {
      bytes += thread.getValue() - allocated.getOrDefault(thread.getKey(), 0L);
    }
    return new Cost(samples, cpuNanos, bytes, wallNanos);
  }

  private static Map<Long, Long> allocatedByThread() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    Map<Long, Long> byThread = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      byThread.put(ids[i], Math.max(0, bytes[i]));
    }
    return byThread;
  }
}
