// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.measure;

/**
 * What a number of samples cost this process.
 *
 * @param samples how many
 * @param cpuNanos CPU time of all threads, in ns
 * @param allocatedBytes bytes allocated by the threads that lived at the end
 * @param wallNanos how long it took
 */
public record Cost(long samples, long cpuNanos, long allocatedBytes, long wallNanos) {

  /** The same with what another process spent for it. */
  public Cost plusCpu(long nanos) {
    return new Cost(samples, cpuNanos + nanos, allocatedBytes, wallNanos);
  }

  public double cpuNanosPerSample() {
    return (double) cpuNanos / samples;
  }

  public double allocatedBytesPerSample() {
    return (double) allocatedBytes / samples;
  }

  /** Samples per second of CPU time. */
  public double samplesPerCoreSecond() {
    return 1e9 / cpuNanosPerSample();
  }

  public double samplesPerSecond() {
    return 1e9 * samples / wallNanos;
  }
}
