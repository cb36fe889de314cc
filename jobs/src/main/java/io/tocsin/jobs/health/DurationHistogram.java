// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.health;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * How long something takes, as a histogram of Prometheus: counters of what took no longer than each
 * bound, with the label {@code le}, beside a count and a sum in seconds. Flink's own histograms are
 * quantiles of one subtask, which cannot be added up. For one thread.
 */
public final class DurationHistogram {
  private static final double NANOS = 1e9;

  private final double[] bounds;
  private final List<Counter> buckets = new ArrayList<>();
  private final Counter count;
  private volatile double sum;

  /**
   * Registers one.
   *
   * @param name ends in {@code _seconds}
   * @param bounds in seconds, ascending
   */
  public DurationHistogram(MetricGroup metrics, String name, double... bounds) {
    this.bounds = bounds.clone();
    for (double bound : bounds) {
      buckets.add(metrics.addGroup("le", Double.toString(bound)).counter(name + "_bucket"));
    }
    buckets.add(metrics.addGroup("le", "+Inf").counter(name + "_bucket"));
    count = metrics.counter(name + "_count");
    metrics.gauge(name + "_sum", () -> sum);
  }

  /** All of them together, in seconds. */
  double seconds() {
    return sum;
  }

  /** Notes one; what is less than nothing, as between two clocks, counts as nothing. */
  public void observeNanos(long nanos) {
    double seconds = Math.max(0, nanos) / NANOS;
    for (int i = 0; i < bounds.length; i++) {
      if (seconds <= bounds[i]) {
        buckets.get(i).inc();
      }
    }
    buckets.get(bounds.length).inc();
    count.inc();
    // One thread writes; volatile is for the one that reports.
    double before = sum;
    sum = before + seconds;
  }
}
