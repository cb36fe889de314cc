// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.models.telemetry.Labels;

/** One series of the shop with its current value; a plain holder that its meter writes. */
final class Series {
  /** Prometheus' mark for a series that has ended, as the bits of a double. */
  static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

  final Labels labels;

  /** The labels as remote write wants them. */
  final byte[] encoded;

  double value;

  Series(Labels labels) {
    this.labels = labels;
    encoded = RemoteWriteEncoder.encodeLabels(labels);
  }
}
