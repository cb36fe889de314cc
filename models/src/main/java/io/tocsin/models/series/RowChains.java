// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Rows in chains, one chain for each key, the newest row first. Part of the state, so that a walk
 * along a chain meets the same rows after a restart.
 */
final class RowChains {
  private static final int LEAST_CAPACITY = 16;

  private LongIndex first = new LongIndex();

  /** By row: the next one plus one; 0 at the end. */
  private int[] next = new int[LEAST_CAPACITY];

  /** By row: the one before plus two; 1 for the first of a chain, 0 for a row in no chain. */
  private int[] before = new int[LEAST_CAPACITY];

  RowChains copy() {
    RowChains copy = new RowChains();
    copy.first = first.copy();
    copy.next = next.clone();
    copy.before = before.clone();
    return copy;
  }

  /** Bytes of memory that the links take. */
  long bytes() {
    return first.bytes() + 2L * Integer.BYTES * next.length;
  }

  boolean contains(int row) {
    return row < before.length && before[row] != 0;
  }

  /** The newest row of a key, or {@link LongIndex#NONE}. */
  int first(long key) {
    return first.get(key);
  }

  /** The row after one that is in a chain, or {@link LongIndex#NONE}. */
  int next(int row) {
    return next[row] - 1;
  }

  /** Puts a row that is in no chain in front of its key's. */
  void add(long key, int row) {
    if (row >= next.length) {
      int longer = Math.max(row + 1, next.length + next.length / 2);
      next = Arrays.copyOf(next, longer);
      before = Arrays.copyOf(before, longer);
    }
    link(row, first.get(key));
    before[row] = 1;
    first.put(key, row);
  }

  /** Takes a row out of its key's chain. */
  void remove(long key, int row) {
    int after = next(row);
    if (before[row] > 1) {
      link(before[row] - 2, after);
    } else if (after == LongIndex.NONE) {
      first.remove(key);
    } else {
      first.put(key, after);
      before[after] = 1;
    }
    next[row] = 0;
    before[row] = 0;
  }

  private void link(int row, int after) {
    next[row] = after + 1;
    if (after != LongIndex.NONE) {
      before[after] = row + 2;
    }
  }

  /** Writes the chains of rows below a number. */
  void writeTo(DataOutput out, int top) throws IOException {
    first.writeTo(out);
    out.writeInt(top);
    for (int row = 0; row < top; row++) {
      out.writeInt(row < next.length ? next[row] : 0);
    }
  }

  static RowChains readFrom(DataInput in) throws IOException {
    RowChains read = new RowChains();
    read.first = LongIndex.readFrom(in);
    int top = in.readInt();
    read.next = new int[Math.max(LEAST_CAPACITY, top)];
    read.before = new int[read.next.length];
    for (int row = 0; row < top; row++) {
      int after = in.readInt() - 1;
      read.link(row, after);
    }
    read.first.forEach((key, row) -> read.before[row] = 1);
    return read;
  }
}
