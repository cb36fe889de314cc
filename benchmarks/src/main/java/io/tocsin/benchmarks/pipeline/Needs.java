// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import com.sun.management.OperatingSystemMXBean;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a run takes of the machine.
 *
 * @param memoryMegabytes in all its processes together, at the most
 * @param diskMegabytes in the directory for temporary files, at the most
 */
record Needs(long memoryMegabytes, long diskMegabytes) {
  /** Of the broker, the job manager, this process, and the task manager beside its heap. */
  private static final long FIXED_MEGABYTES = 2_600;

  private static final double BESIDE_HEAP = 1.05;

  private static final long LEAST_HEAP_MEGABYTES = 768;

  /** State and its copy while a checkpoint is taken, in two thirds of the heap: all that is old. */
  private static final double HEAP_BYTES_PER_SERIES = 7_500;

  /** Of both peers together. */
  private static final double PEER_BYTES_PER_SERIES = 9_000;

  private static final double KAFKA_BYTES_PER_SAMPLE = 32;

  /** The last one, the one being written, and those that a rescaled job came from. */
  private static final double CHECKPOINT_BYTES_PER_SERIES = 4 * 1_500;

  /** The heap that a task manager gets for so many series. */
  static long heapMegabytes(int series) {
    return Math.max(LEAST_HEAP_MEGABYTES, 512 + (long) (HEAP_BYTES_PER_SERIES * series / 1e6));
  }

  /**
   * For so many series and samples at a time.
   *
   * @param peers whether they are measured with as many series
   */
  static Needs of(int series, long samples, boolean peers) {
    double peerBytes = peers ? PEER_BYTES_PER_SERIES * series : 0;
    double disk = KAFKA_BYTES_PER_SAMPLE * samples + CHECKPOINT_BYTES_PER_SERIES * series;
    return new Needs(
        FIXED_MEGABYTES + (long) (BESIDE_HEAP * heapMegabytes(series)) + (long) (peerBytes / 1e6),
        256 + (long) ((disk + peerBytes) / 1e6));
  }

  /** What is enough for either, one after the other. */
  Needs or(Needs other) {
    return new Needs(
        Math.max(memoryMegabytes, other.memoryMegabytes),
        Math.max(diskMegabytes, other.diskMegabytes));
  }

  /** What it takes to have both at a time. */
  Needs and(Needs other) {
    return new Needs(memoryMegabytes + other.memoryMegabytes, diskMegabytes + other.diskMegabytes);
  }

  /**
   * Does nothing when a machine has it all.
   *
   * @throws LocalRunException when it has not
   */
  void require(Needs free, Path directory) {
    if (free.memoryMegabytes < memoryMegabytes) {
      throw new LocalRunException(
          ("Only %,d MB of memory are available; %,d MB are needed for so many series: free some,"
                  + " or choose fewer with --series, --sizes and --parts.")
              .formatted(free.memoryMegabytes, memoryMegabytes));
    }
    if (free.diskMegabytes < diskMegabytes) {
      throw new LocalRunException(
          ("Only %,d MB are free at %s; %,d MB are needed: free some, name another directory with"
                  + " TOCSIN_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY, or choose fewer series.")
              .formatted(free.diskMegabytes, directory, diskMegabytes));
    }
  }

  /** What this machine has to spare. */
  static Needs free(Path directory) throws IOException {
    return new Needs(availableMemory() >> 20, Files.getFileStore(directory).getUsableSpace() >> 20);
  }

  /** Memory that is free or only caches files, where the system tells. */
  private static long availableMemory() throws IOException {
    Path file = Path.of("/proc/meminfo");
    if (Files.isReadable(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    }
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getFreeMemorySize();
  }
}
