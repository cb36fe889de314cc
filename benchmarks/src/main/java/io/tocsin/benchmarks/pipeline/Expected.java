// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

/** About how long things take on a quiet machine with two cores. */
final class Expected {
  private static final double SENT_PER_SECOND = 1.3e6;
  private static final double TAKEN_PER_SECOND = 0.75e6;
  private static final double START_SECONDS = 12;
  private static final double JOB_SECONDS = 3;

  private Expected() {}

  /** Until all processes are up and so many samples are in Kafka. */
  static double stageSeconds(long samples) {
    return START_SECONDS + samples / SENT_PER_SECOND;
  }

  /** Until a new job has read so many samples with two subtasks. */
  static double passSeconds(long samples) {
    return JOB_SECONDS + samples / TAKEN_PER_SECOND;
  }
}
