// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

import io.tocsin.models.series.Shard;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;

/** Where the samples of one series come from. */
final class Source {
  private final Shard shard;
  private final Shard.Series series;
  private final MetricKind kind;
  private Shape shape = Shape.level(0);
  private boolean sends = true;
  private long since;
  private long countedAt = Long.MIN_VALUE;
  private double counted;

  Source(Shard shard, Labels labels, MetricKind kind) {
    this.shard = shard;
    this.kind = kind;
    series = shard.new Series(labels).announce(kind);
  }

  Labels labels() {
    return series.labels;
  }

  /** From this time on it looks so. */
  void is(Shape next, long from) {
    shape = next;
    since = from;
  }

  /** Sends nothing any more. */
  void stops() {
    sends = false;
  }

  /** Sends again. */
  void starts() {
    sends = true;
  }

  boolean sends() {
    return sends;
  }

  /** The process behind a counter begins anew. */
  void resets() {
    counted = 0;
  }

  /** What it shows at this time. */
  double read(long time, Noise noise) {
    double value = shape.at(time, time - since, noise);
    if (kind != MetricKind.COUNTER) {
      return value;
    }
    if (countedAt != Long.MIN_VALUE) {
      counted += value * (time - countedAt) / 1000;
    }
    countedAt = time;
    return counted;
  }

  void send(long time, double value, long arrival) {
    if (!shard.scorer.knows(shard.table, series.hash)) {
      series.announce(kind);
    }
    series.sample(time, Double.doubleToRawLongBits(value), arrival);
  }

  /** Says that it is gone, as Prometheus does of what a target does not show any more. */
  void saysGoodbye(long time) {
    series.stale(time);
  }
}
