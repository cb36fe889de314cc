// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.health;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * How many series a subtask watches, in how many bytes. State is reached key by key only, so what
 * each key had when it was last seen is noted; after a restore a shard counts from its first batch.
 */
public final class StateSize {
  private final Map<Integer, Size> sizes = new ConcurrentHashMap<>();
  private final Counter forgotten;

  public StateSize(MetricGroup metrics) {
    metrics.gauge("tocsin_series_active", this::series);
    metrics.gauge("tocsin_state_bytes", this::bytes);
    forgotten = metrics.addGroup("reason", "silent").counter("tocsin_series_evicted_total");
  }

  private record Size(int series, long bytes) {}

  /** Notes what a key has now. */
  public void note(int key, int series, long bytes) {
    if (series == 0) {
      sizes.remove(key);
    } else {
      sizes.put(key, new Size(series, bytes));
    }
  }

  /** Notes that series were silent for so long that they are not watched any more. */
  public void forgot(int series) {
    forgotten.inc(Math.max(0, series));
  }

  private long series() {
    return sizes.values().stream().mapToLong(Size::series).sum();
  }

  private long bytes() {
    return sizes.values().stream().mapToLong(Size::bytes).sum();
  }
}
