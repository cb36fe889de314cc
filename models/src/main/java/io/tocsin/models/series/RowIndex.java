// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;

/**
 * Finds rows by the 64-bit hash that lies in each of them: open addressing with linear probing over
 * four bytes an entry. An entry holds the row's number and some bits of its hash, so that almost
 * always only the right row is looked at; no two rows have the same hash.
 *
 * <p>Senders send their series in the same order time and again, and rows are numbered in the order
 * of their first coming. So the row after the last one is tried first: it is mostly the right one,
 * and the memory that follows is on its way already.
 */
final class RowIndex {
  /** A row's number has fewer bits. */
  private static final int ROW_BITS = 22;

  private static final int ROW_MASK = (1 << ROW_BITS) - 1;
  private static final int LEAST_CAPACITY = 16;

  private final RowPages rows;
  private final int hashOffset;
  private final Row cursor = new Row();

  /** Row number plus one in the low bits, the hash's highest bits above; 0 for free. */
  private int[] entries = new int[LEAST_CAPACITY];

  /** Whether an index of equal rows may have the same entries: they are cloned before a change. */
  private boolean shared;

  private int size;

  /** The row found last; not part of the state. */
  private int last = LongIndex.NONE;

  /** An empty index of these rows, in which the hash lies at an offset. */
  RowIndex(RowPages rows, int hashOffset) {
    this.rows = rows;
    this.hashOffset = hashOffset;
  }

  /** Takes over the entries of an index of equal rows. */
  void copyFrom(RowIndex other) {
    entries = other.entries;
    size = other.size;
    shared = true;
    other.shared = true;
  }

  /** Bytes of memory that it takes. */
  long bytes() {
    return (long) entries.length * Integer.BYTES;
  }

  /** The row with this hash, which is never 0; {@link LongIndex#NONE} when there is none. */
  int row(long hash) {
    int next = last + 1;
    if (next < rows.top() && hash(next) == hash) {
      last = next;
      return next;
    }
    int found = find(hash);
    last = found == LongIndex.NONE ? last : found;
    return found;
  }

  private int find(long hash) {
    int mask = entries.length - 1;
    int tag = tag(hash);
    for (int slot = (int) hash & mask; entries[slot] != 0; slot = (slot + 1) & mask) {
      int entry = entries[slot];
      if ((entry & ~ROW_MASK) == tag && hash((entry & ROW_MASK) - 1) == hash) {
        return (entry & ROW_MASK) - 1;
      }
    }
    return LongIndex.NONE;
  }

  /** Takes in a row whose hash is not there yet. */
  void add(int row) {
    if (row >= ROW_MASK) {
      throw new IllegalStateException("row " + row + " does not fit into the index");
    }
    own();
    if ((size + 1) * 2L > entries.length) {
      resize(entries.length * 2);
    }
    insert(row);
    size++;
  }

  /** Takes out a row that still holds its hash, closes the gap, and has the row hold none. */
  void remove(int row) {
    own();
    int mask = entries.length - 1;
    int gap = (int) hash(row) & mask;
    while ((entries[gap] & ROW_MASK) != row + 1) {
      gap = (gap + 1) & mask;
    }
    for (int next = (gap + 1) & mask; entries[next] != 0; next = (next + 1) & mask) {
      int home = (int) hash((entries[next] & ROW_MASK) - 1) & mask;
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        entries[gap] = entries[next];
        gap = next;
      }
    }
    entries[gap] = 0;
    rows.read(row, cursor);
    cursor.setLong(hashOffset, 0);
    size--;
    if (entries.length > LEAST_CAPACITY && size * 8L < entries.length) {
      resize(entries.length / 2);
    }
  }

  private void own() {
    if (shared) {
      entries = entries.clone();
      shared = false;
    }
  }

  private void resize(int capacity) {
    int[] old = entries;
    entries = new int[capacity];
    for (int entry : old) {
      if (entry != 0) {
        insert((entry & ROW_MASK) - 1);
      }
    }
  }

  private void insert(int row) {
    long hash = hash(row);
    int mask = entries.length - 1;
    int slot = (int) hash & mask;
    while (entries[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    entries[slot] = tag(hash) | (row + 1);
  }

  private long hash(int row) {
    rows.peek(row, 0, cursor);
    return cursor.getLong(hashOffset);
  }

  private static int tag(long hash) {
    return (int) (hash >>> Integer.SIZE) & ~ROW_MASK;
  }
}
