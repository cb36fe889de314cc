// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import java.util.Locale;

/** A part of the benchmark that can be run by itself. */
enum Part {
  /** The metrics job beside one that only reads and decodes; remote write 2.0 beside 1.0. */
  P1,
  /** The metrics job beside programs that store the same bodies. */
  P2,
  /** The decoder beside protobuf-java. */
  P3,
  /** The detector beside AWS Random Cut Forest. */
  P4,
  /** P5, P6 and P7: bytes per series, and what grows with their number. */
  GROWTH,
  /** The delay of findings. */
  P9,
  /** From one subtask to two and back. */
  RESCALE,
  /** After the loss of the task manager. */
  RECOVERY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
