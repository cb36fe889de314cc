// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.health;

import java.util.function.DoubleSupplier;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a detector has cost so far: the time that its task has spent judging, at the price of a
 * core. Memory, Kafka and the rest of Flink are not in it.
 */
public final class Cost {
  /** What an hour of a core costs unless it is configured, in US dollars. */
  public static final double USUAL_CORE_HOUR_USD = 0.04;

  private static final double HOUR_SECONDS = 3_600;
  private static final double NANOS = 1e9;

  private volatile long nanos;

  private Cost() {}

  /** Registers one that is told what was spent. */
  public static Cost of(MetricGroup metrics, String detector, double coreHourUsd) {
    Cost cost = new Cost();
    register(metrics, detector, coreHourUsd, () -> cost.nanos / NANOS);
    return cost;
  }

  /** Registers one that has been measured anyway. */
  public static void of(
      MetricGroup metrics, String detector, double coreHourUsd, DurationHistogram spent) {
    register(metrics, detector, coreHourUsd, spent::seconds);
  }

  private static void register(
      MetricGroup metrics, String detector, double coreHourUsd, DoubleSupplier seconds) {
    metrics
        .addGroup("detector", detector)
        .gauge("tocsin_cost_usd_total", () -> seconds.getAsDouble() / HOUR_SECONDS * coreHourUsd);
  }

  /** Notes what was spent since a reading of {@link System#nanoTime}. For one thread. */
  public void since(long begin) {
    long before = nanos;
    nanos = before + System.nanoTime() - begin;
  }
}
