// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.health;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * How many series a subtask watches, in how many bytes. State is reached key by key only, so what
 * each key had when it was last seen is noted: series with each batch, bytes, which take a while to
 * be counted, with each sweep. After a restore a shard counts from its first batch.
 */
public final class StateSize {
  private final AtomicIntegerArray series;
  private final AtomicLongArray bytes;
  private final Counter forgotten;

  /**
   * @param keys all keys are below this
   */
  public StateSize(MetricGroup metrics, int keys) {
    series = new AtomicIntegerArray(keys);
    bytes = new AtomicLongArray(keys);
    metrics.gauge("tocsin_series_active", this::series);
    metrics.gauge("tocsin_state_bytes", this::bytes);
    forgotten = metrics.addGroup("reason", "silent").counter("tocsin_series_evicted_total");
  }

  /** Notes how many series a key has now. */
  public void note(int key, int count) {
    series.setPlain(key, count);
  }

  /** Notes what a key has now. */
  public void note(int key, int count, long size) {
    series.setPlain(key, count);
    bytes.setPlain(key, size);
  }

  /** Notes that series were silent for so long that they are not watched any more. */
  public void forgot(int count) {
    forgotten.inc(Math.max(0, count));
  }

  private long series() {
    long sum = 0;
    for (int key = 0; key < series.length(); key++) {
      sum += series.get(key);
    }
    return sum;
  }

  private long bytes() {
    long sum = 0;
    for (int key = 0; key < bytes.length(); key++) {
      sum += bytes.get(key);
    }
    return sum;
  }
}
