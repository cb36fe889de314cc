// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A map from 64-bit hashes to small non-negative numbers: open addressing with linear probing, no
 * object per entry. The key 0 marks an empty slot and must not be used; {@link
 * io.tocsin.models.telemetry.SeriesHash#finish} never gives it.
 */
public final class LongIndex {
  /** What {@link #get} gives when a key is not there. */
  public static final int NONE = -1;

  private static final int LEAST_CAPACITY = 16;

  private long[] keys;
  private int[] values;
  private int size;

  /** An empty map. */
  public LongIndex() {
    keys = new long[LEAST_CAPACITY];
    values = new int[LEAST_CAPACITY];
  }

  private LongIndex(LongIndex from) {
    keys = from.keys.clone();
    values = from.values.clone();
    size = from.size;
  }

  /** A copy that shares nothing with this. */
  public LongIndex copy() {
    return new LongIndex(this);
  }

  int size() {
    return size;
  }

  /** The number of a key, or {@link #NONE}. */
  public int get(long key) {
    int mask = keys.length - 1;
    for (int slot = (int) key & mask; keys[slot] != 0; slot = (slot + 1) & mask) {
      if (keys[slot] == key) {
        return values[slot];
      }
    }
    return NONE;
  }

  /** Gives a key a number, which takes the place of the one that it had. */
  public void put(long key, int value) {
    if ((size + 1) * 4L > keys.length * 3L) {
      resize(keys.length * 2);
    }
    int mask = keys.length - 1;
    int slot = (int) key & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    if (keys[slot] == 0) {
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
  }

  /** Takes a key out and closes the gap, so that no tombstones gather. */
  public void remove(long key) {
    int mask = keys.length - 1;
    int slot = (int) key & mask;
    while (keys[slot] != key) {
      if (keys[slot] == 0) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    size--;
    int gap = slot;
    for (int next = (gap + 1) & mask; keys[next] != 0; next = (next + 1) & mask) {
      int home = (int) keys[next] & mask;
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        keys[gap] = keys[next];
        values[gap] = values[next];
        gap = next;
      }
    }
    keys[gap] = 0;
    if (keys.length > LEAST_CAPACITY && size * 8L < keys.length) {
      resize(keys.length / 2);
    }
  }

  /** What is done with each entry, in no particular order. */
  interface Visitor {
    void entry(long key, int value);
  }

  void forEach(Visitor visitor) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        visitor.entry(keys[i], values[i]);
      }
    }
  }

  /** Bytes of memory that it takes. */
  long bytes() {
    return (long) keys.length * (Long.BYTES + Integer.BYTES);
  }

  /** Sorted, so that equal indexes give equal bytes. */
  void writeTo(DataOutput out) throws IOException {
    long[] sorted = new long[size];
    int found = 0;
    for (long key : keys) {
      if (key != 0) {
        sorted[found++] = key;
      }
    }
    Arrays.sort(sorted);
    out.writeInt(sorted.length);
    for (long key : sorted) {
      out.writeLong(key);
      out.writeInt(get(key));
    }
  }

  static LongIndex readFrom(DataInput in) throws IOException {
    LongIndex index = new LongIndex();
    for (int left = in.readInt(); left > 0; left--) {
      index.put(in.readLong(), in.readInt());
    }
    return index;
  }

  private void resize(int capacity) {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[capacity];
    values = new int[capacity];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        put(oldKeys[i], oldValues[i]);
      }
    }
  }
}
