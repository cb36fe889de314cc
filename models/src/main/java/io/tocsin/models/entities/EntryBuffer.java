// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.Entity;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

  static final int ENTITY = 0;
  static final int COPY = 8;
  static final int KEY = 16;
  static final int DEVIATION = 24;
  static final int SCORE = 28;
  static final int ROLE = 32;
  static final int FIRST = 33;
  static final int LABELS = 34;
  static final int BYTES = 36;

  static final VarHandle LONG = view(long[].class);
  static final VarHandle FLOAT = view(float[].class);
  static final VarHandle SHORT = view(short[].class);

  private byte[] bytes = new byte[128];
  private int length;

  /** Takes pieces of a buffer. */
  public interface Pieces {
    /** An entry, for the group of its entity. */
    void piece(int group, byte[] bytes, int from, int length);
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds what was judged. */
  public void add(Judged judged) {
    byte[] labels = judged.labels();
    boolean named = judged.labelsDue() && labels.length <= Short.MAX_VALUE;
    int from = length;
    int labelBytes = named ? labels.length : 0;
    grow(BYTES + labelBytes);
    LONG.set(bytes, from + ENTITY, judged.entity());
    LONG.set(bytes, from + COPY, judged.copy());
    LONG.set(bytes, from + KEY, judged.key());
    FLOAT.set(bytes, from + DEVIATION, (float) judged.deviation());
    FLOAT.set(bytes, from + SCORE, (float) judged.score());
    bytes[from + ROLE] = RoleCode.of(judged.role());
    bytes[from + FIRST] = (byte) (judged.first() ? 1 : 0);
    SHORT.set(bytes, from + LABELS, (short) labelBytes);
    System.arraycopy(labels, 0, bytes, from + BYTES, labelBytes);
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

  /** Tells the entries apart. */
  public static void split(byte[] entries, Pieces pieces) {
    int at = 0;
    while (at < entries.length) {
      int count = BYTES + (short) SHORT.get(entries, at + LABELS);
      pieces.piece(groupOf((long) LONG.get(entries, at + ENTITY)), entries, at, count);
      at += count;
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
