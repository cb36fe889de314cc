// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Lines of one shard on their way to the scorer: first each source, where its first line is, then
 * its lines. Immutable once made.
 */
public final class LineBatch {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Entry: number, then four texts, each after its length. */
  static final byte SOURCE = 1;

  /**
   * Entry: source, stream, time, arrival, severity, format, 1 if the text is cut, trace id after
   * its length in a byte, text after its length.
   */
  static final byte LINE = 2;

  private final int shard;
  private final byte[] entries;

  LineBatch(int shard, byte[] entries) {
    this.shard = shard;
    this.entries = entries;
  }

  int shard() {
    return shard;
  }

  /** Arrival of its first line, ms since the epoch. */
  long firstArrival() {
    LineBatchReader reader = new LineBatchReader(this);
    return reader.next() ? reader.line().arrival() : Long.MIN_VALUE;
  }

  byte[] entries() {
    return entries;
  }
}
