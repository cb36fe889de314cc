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
  private final Map<Integer, Integer> series = new ConcurrentHashMap<>();
  private final Map<Integer, Long> bytes = new ConcurrentHashMap<>();
  private final Counter forgotten;

  public StateSize(MetricGroup metrics) {
    metrics.gauge("tocsin_series_active", this::series);
    metrics.gauge("tocsin_state_bytes", this::bytes);
    forgotten = metrics.addGroup("reason", "silent").counter("tocsin_series_evicted_total");
  }

  /** Notes how many series a key has now. */
  public void note(int key, int count) {
    series.put(key, count);
  }

  /** Notes what a key has now; bytes take a while to be counted. */
  public void note(int key, int count, long size) {
    series.put(key, count);
    bytes.put(key, size);
  }

  /** Notes that series were silent for so long that they are not watched any more. */
  public void forgot(int count) {
    forgotten.inc(Math.max(0, count));
  }

  private long series() {
    return series.values().stream().mapToLong(Integer::longValue).sum();
  }

  private long bytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
