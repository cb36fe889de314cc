// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.jobs.environment.JobEnvironment;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The shards into which all series are divided, one for each key group, so that any parallelism up
 * to {@link #COUNT} gets its even share. Fixed for ever: state is kept by shard.
 */
public final class Shards {
  /** Number of shards; the maximum parallelism of the job. */
  public static final int COUNT = JobEnvironment.MAX_PARALLELISM;

  private static final int SHIFT = Long.numberOfLeadingZeros(COUNT) + 1;

  /** For each shard, a key that Flink puts into the key group of the same number. */
  private static final int[] KEYS = keys();

  private Shards() {}

  /** The shard of a group of series. */
  public static int of(long group) {
    return (int) (group >>> SHIFT);
  }

  /** The key of a shard. */
  public static int key(int shard) {
    return KEYS[shard];
  }

  private static int[] keys() {
    int[] keys = new int[COUNT];
    boolean[] found = new boolean[COUNT];
    int left = COUNT;
    for (int key = 0; left > 0; key++) {
      int group = KeyGroupRangeAssignment.assignToKeyGroup(key, COUNT);
      if (!found[group]) {
        found[group] = true;
        keys[group] = key;
        left--;
      }
    }
    return keys;
  }
}
