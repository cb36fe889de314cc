// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

/**
 * What a number of samples cost this process.
 *
 * @param samples how many
 * @param cpuNanos CPU time of all threads, in ns
 * @param allocatedBytes bytes allocated by the threads that lived at the end
 * @param wallNanos how long it took
 */
record Cost(long samples, long cpuNanos, long allocatedBytes, long wallNanos) {

  double cpuNanosPerSample() {
    return (double) cpuNanos / samples;
  }

  double allocatedBytesPerSample() {
    return (double) allocatedBytes / samples;
  }

  /** Samples per second of CPU time. */
  double samplesPerCoreSecond() {
    return 1e9 / cpuNanosPerSample();
  }

  double samplesPerSecond() {
    return 1e9 * samples / wallNanos;
  }
}
