// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

/** What kind of metric a series belongs to; the wire numbers are those of remote write 2.0. */
public enum MetricKind {
  UNKNOWN(0),
  COUNTER(1),
  GAUGE(2),
  HISTOGRAM(3),
  GAUGE_HISTOGRAM(4),
  SUMMARY(5),
  INFO(6),
  STATE_SET(7);

  private static final MetricKind[] BY_NUMBER = values();

  private final int number;

  MetricKind(int number) {
    this.number = number;
  }

  /** The number of this kind in remote write's metadata. */
  public int number() {
    return number;
  }

  /** The kind with this number; {@link #UNKNOWN} for numbers of a later protocol. */
  public static MetricKind ofNumber(int number) {
    return number < 0 || number >= BY_NUMBER.length ? UNKNOWN : BY_NUMBER[number];
  }
}
