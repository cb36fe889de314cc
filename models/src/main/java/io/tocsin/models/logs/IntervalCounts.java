// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** How many lines fell into each interval that is not closed yet; there are few of them. */
final class IntervalCounts {
  private static final int FEW = 3;

  private long[] ends = new long[FEW];
  private int[] counts = new int[FEW];
  private int size;

  /** Adds lines to the interval with this end. */
  void add(long end, int lines) {
    for (int i = size - 1; i >= 0; i--) {
      if (ends[i] == end) {
        counts[i] += lines;
        return;
      }
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    ends[size] = end;
    counts[size++] = lines;
  }

  /** Whether there are lines of the interval with this end. */
  boolean has(long end) {
    for (int i = 0; i < size; i++) {
      if (ends[i] == end) {
        return true;
      }
    }
    return false;
  }

  /** The lines of all intervals that end at this time or before; they are forgotten. */
  int take(long end) {
    int taken = 0;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (ends[i] <= end) {
        taken += counts[i];
      } else {
        ends[kept] = ends[i];
        counts[kept++] = counts[i];
      }
    }
    size = kept;
    return taken;
  }

  /** Adds what another has counted. */
  void addAll(IntervalCounts other) {
    for (int i = 0; i < other.size; i++) {
      add(other.ends[i], other.counts[i]);
    }
  }

  IntervalCounts copy() {
    IntervalCounts copy = new IntervalCounts();
    copy.ends = ends.clone();
    copy.counts = counts.clone();
    copy.size = size;
    return copy;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(ends[i]);
      out.writeInt(counts[i]);
    }
  }

  static IntervalCounts readFrom(DataInput in) throws IOException {
    IntervalCounts counts = new IntervalCounts();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      counts.add(in.readLong(), in.readInt());
    }
    return counts;
  }
}
