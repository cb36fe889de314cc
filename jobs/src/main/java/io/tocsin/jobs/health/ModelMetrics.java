// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.health;

import io.tocsin.models.series.Drift;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * How the models of a subtask do: how much they judge, up to when they have learned, and how many
 * of them no longer fit. State is reached key by key only, so what each key had last is noted.
 */
public final class ModelMetrics {
  private static final double MILLIS = 1e3;

  private final Map<Integer, Drift> drifts = new ConcurrentHashMap<>();
  private final Counter scores;
  private final Counter late;
  private volatile long learned;

  /**
   * Registers them.
   *
   * @param model which detector
   */
  public ModelMetrics(MetricGroup metrics, String model) {
    MetricGroup group = metrics.addGroup("model", model);
    group
        .addGroup("version", version())
        .addGroup("stage", "live")
        .gauge("tocsin_model_info", () -> 1);
    group.gauge("tocsin_model_last_update_timestamp_seconds", () -> learned / MILLIS);
    group.gauge("tocsin_model_drift_ratio", this::ratio);
    scores = group.counter("tocsin_scores_total");
    late = metrics.counter("tocsin_late_records_total");
  }

  /**
   * Notes that values were judged and learned.
   *
   * @param arrival of the last, ms since the epoch
   */
  public void learned(long arrival) {
    learned = Math.max(learned, arrival);
  }

  /** Notes how many values were judged. */
  public void judged(long count) {
    scores.inc(count);
  }

  /** Notes how many values came too late to be judged. */
  public void late(long count) {
    late.inc(count);
  }

  /** Notes how the series of a key fit their models now. */
  public void note(int key, Drift drift) {
    drifts.put(key, drift);
  }

  private double ratio() {
    long judged = drifts.values().stream().mapToLong(Drift::judged).sum();
    long drifting = drifts.values().stream().mapToLong(Drift::drifting).sum();
    return judged == 0 ? 0 : (double) drifting / judged;
  }

  private static String version() {
    String version = ModelMetrics.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
