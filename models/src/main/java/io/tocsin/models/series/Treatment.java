// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;

/** What is done with the samples of a series. */
enum Treatment {
  /** Not decided yet, or to be decided again. */
  OPEN(0),
  /** Tracked, so that it costs no look-up of its labels again, but not scored. */
  IGNORED(1),
  /** The value is scored. */
  GAUGE(2),
  /** The increase per second is scored. */
  COUNTER(3),
  /** Part of a classic histogram: its increase goes into a quantile, which is scored. */
  BUCKET(4),
  /** A native histogram: the quantile of its increase is scored. */
  HISTOGRAM(5);

  private static final Treatment[] BY_CODE = values();

  private final byte code;

  Treatment(int code) {
    this.code = (byte) code;
  }

  /** Its code in the state; fixed for ever. */
  byte code() {
    return code;
  }

  static Treatment of(byte code) {
    return BY_CODE[code];
  }

  /** Whether the series' own values, or rates, are scored. */
  boolean hasOwnScore() {
    return this == GAUGE || this == COUNTER;
  }

  /** Whether something can be found about such a series. */
  boolean watched() {
    return this != OPEN && this != IGNORED;
  }

  /**
   * How a series is treated, given its labels, its kind and the role that the rules give it. A
   * histogram has the role of its quantile, so that its own says nothing.
   */
  static Treatment of(Labels labels, MetricKind kind, Role role) {
    if (kind == MetricKind.INFO || kind == MetricKind.STATE_SET) {
      return IGNORED;
    }
    String metric = labels.metric();
    boolean bucket = metric.endsWith("_bucket") && !labels.get("le").isEmpty();
    if (bucket && kind != MetricKind.GAUGE && kind != MetricKind.GAUGE_HISTOGRAM) {
      return BUCKET;
    }
    boolean part = metric.endsWith("_sum") || metric.endsWith("_count");
    if (kind == MetricKind.HISTOGRAM && !part) {
      return HISTOGRAM;
    }
    if (role == Role.IGNORED) {
      return IGNORED;
    }
    return switch (kind) {
      case COUNTER -> COUNTER;
      case HISTOGRAM, SUMMARY -> part ? COUNTER : GAUGE;
      default -> GAUGE;
    };
  }
}
