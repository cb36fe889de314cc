// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What one remote-write body holds for one shard: the unit of exchange. Immutable once made.
 *
 * <p>Samples lie in records of {@link #SAMPLE_BYTES}. What is rare lies behind them in {@code
 * extras}, entry after entry: labels of series that were not announced lately, kinds of metrics,
 * native histograms.
 */
public final class ShardBatch {
  /** Stands in place of a shard for a Kafka record that could not be read. */
  static final int UNREADABLE = -1;

  /** Stands in place of a shard for a body without samples, of which only the arrival matters. */
  static final int EMPTY = -2;

  static final int SAMPLE_BYTES = 28;
  static final int HASH = 0;
  static final int TIME = 8;
  static final int BITS = 16;
  static final int CHECK = 24;

  /** Entry of {@code extras}: kind, hash, check, length, labels. */
  static final byte SERIES = 1;

  /** Entry of {@code extras}: kind, length, name of the family. */
  static final byte FAMILY = 2;

  /** Entry of {@code extras}: hash, check, time, length, the message. */
  static final byte HISTOGRAM = 3;

  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int shard;
  private final long arrival;
  private final boolean history;
  private final byte[] samples;
  private final byte[] extras;

  /**
   * A batch.
   *
   * @param shard the shard, or {@link #UNREADABLE} or {@link #EMPTY}
   * @param arrival when the body was received, ms since the epoch
   * @param history whether its samples are of the past, to be learned from only
   * @param samples records of {@link #SAMPLE_BYTES}
   * @param extras entries; the encoded dead letter for a record that could not be read
   */
  ShardBatch(int shard, long arrival, boolean history, byte[] samples, byte[] extras) {
    this.shard = shard;
    this.arrival = arrival;
    this.history = history;
    this.samples = samples;
    this.extras = extras;
  }

  /** The shard that all its series belong to, or {@link #UNREADABLE} or {@link #EMPTY}. */
  public int shard() {
    return shard;
  }

  long arrival() {
    return arrival;
  }

  boolean history() {
    return history;
  }

  byte[] samples() {
    return samples;
  }

  byte[] extras() {
    return extras;
  }

  /** How many samples the batch holds. */
  public int sampleCount() {
    return samples.length / SAMPLE_BYTES;
  }
}
