// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.Entity;
import java.util.Arrays;

/**
 * Gathers what series say for their entities, as bytes: entries of a fixed length, each followed by
 * the labels of the series where it deviates or has not been named in this hour. It says so little
 * that most samples add nothing, and nothing is allocated but when it grows.
 */
public final class EntryBuffer {
  /**
   * Entities are divided into so many groups by their hash, each with state of its own. Fixed for
   * ever.
   */
  public static final int GROUPS = 128;

  private byte[] bytes = new byte[128];
  private int length;

  /** Takes pieces of a buffer. */
  public interface Pieces {
    /** An entry, for the group of its entity. */
    void piece(int group, byte[] bytes, int from, int length);
  }

  /** Adds what was judged. */
  public void add(Judged judged) {
    byte[] labels = judged.labels();
    boolean named = judged.labelsDue() && labels.length <= Short.MAX_VALUE;
    int from = length;
    int labelBytes = named ? labels.length : 0;
    grow(Entry.BYTES + labelBytes);
    Entry.LONG.set(bytes, from + Entry.ENTITY, judged.entity());
    Entry.LONG.set(bytes, from + Entry.COPY, judged.copy());
    Entry.LONG.set(bytes, from + Entry.KEY, judged.key());
    Entry.FLOAT.set(bytes, from + Entry.DEVIATION, (float) judged.deviation());
    Entry.FLOAT.set(bytes, from + Entry.SCORE, (float) judged.score());
    bytes[from + Entry.ROLE] = RoleCode.of(judged.role());
    bytes[from + Entry.FIRST] = (byte) (judged.first() ? 1 : 0);
    Entry.SHORT.set(bytes, from + Entry.LABELS, (short) labelBytes);
    System.arraycopy(labels, 0, bytes, from + Entry.BYTES, labelBytes);
  }

  /** Adds a piece of another buffer. */
  public void add(byte[] from, int at, int count) {
    int to = length;
    grow(count);
    System.arraycopy(from, at, bytes, to, count);
  }

  public int length() {
    return length;
  }

  /** What was added, and the buffer is empty again. */
  public byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, length);
    length = 0;
    return taken;
  }

  /** Forgets all entries. */
  void clear() {
    length = 0;
  }

  /** The entries lie at its beginning; valid until the next change. */
  byte[] bytes() {
    return bytes;
  }

  /** How many entries there are. */
  int count() {
    int count = 0;
    for (int at = 0; at < length; at = Entry.end(bytes, at)) {
      count++;
    }
    return count;
  }

  /** A copy that has room for no more. */
  EntryBuffer copy() {
    EntryBuffer copy = new EntryBuffer();
    copy.add(bytes, 0, length);
    return copy;
  }

  /** Tells the entries apart. */
  public static void split(byte[] entries, Pieces pieces) {
    for (int at = 0; at < entries.length; ) {
      int end = Entry.end(entries, at);
      pieces.piece(groupOf(Entry.entity(entries, at)), entries, at, end - at);
      at = end;
    }
  }

  /** The group of an entity, whichever copy of it runs. */
  public static int groupOf(Entity entity) {
    return groupOf(entity.withoutInstance().hash());
  }

  private static int groupOf(long entity) {
    return (int) (entity >>> (Long.SIZE - Integer.numberOfTrailingZeros(GROUPS)));
  }

  private void grow(int by) {
    length += by;
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
    }
  }
}
