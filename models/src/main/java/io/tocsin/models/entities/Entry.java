// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.rules.Role;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How what a series said in a tick lies in bytes: an entry of {@link #BYTES}, followed by the
 * labels of the series where it was named. Read in place, since there is one for each series in
 * each tick.
 */
final class Entry {
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

  private Entry() {}

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
  }

  static long entity(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at + ENTITY);
  }

  static long copy(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at + COPY);
  }

  static long key(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at + KEY);
  }

  static double deviation(byte[] bytes, int at) {
    return (float) FLOAT.get(bytes, at + DEVIATION);
  }

  static double score(byte[] bytes, int at) {
    return (float) FLOAT.get(bytes, at + SCORE);
  }

  static Role role(byte[] bytes, int at) {
    return RoleCode.role(bytes[at + ROLE]);
  }

  /** How many bytes of labels follow; 0 when the series was not named. */
  static int labelBytes(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at + LABELS);
  }

  /** A copy of the labels; empty when the series was not named. */
  static byte[] labels(byte[] bytes, int at) {
    return Arrays.copyOfRange(bytes, at + BYTES, end(bytes, at));
  }

  /** Where the next entry begins. */
  static int end(byte[] bytes, int at) {
    return at + BYTES + labelBytes(bytes, at);
  }

  /** Total but for entries that say the same, so that nothing depends on how entries came. */
  static int compare(byte[] bytes, int a, int b) {
    int order = Long.compare(entity(bytes, a), entity(bytes, b));
    order = order != 0 ? order : Long.compare(key(bytes, a), key(bytes, b));
    order = order != 0 ? order : Long.compare(copy(bytes, a), copy(bytes, b));
    return order != 0 ? order : compareOfSeries(bytes, a, b);
  }

  /** The first of a tick stands first, then the most unusual. */
  private static int compareOfSeries(byte[] bytes, int a, int b) {
    int order = Byte.compare(bytes[b + FIRST], bytes[a + FIRST]);
    order = order != 0 ? order : Double.compare(score(bytes, b), score(bytes, a));
    order = order != 0 ? order : Double.compare(deviation(bytes, a), deviation(bytes, b));
    order = order != 0 ? order : Byte.compare(bytes[a + ROLE], bytes[b + ROLE]);
    return order != 0
        ? order
        : Arrays.compare(bytes, a + BYTES, end(bytes, a), bytes, b + BYTES, end(bytes, b));
  }

  /** Whether two entries are of the same series. */
  static boolean sameSeries(byte[] bytes, int a, int b) {
    return key(bytes, a) == key(bytes, b) && copy(bytes, a) == copy(bytes, b);
  }
}
