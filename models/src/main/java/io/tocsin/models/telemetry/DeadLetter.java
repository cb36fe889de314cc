// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.nio.ByteBuffer;

/**
 * A record that could not be read, set aside with where it was and why.
 *
 * @param topic the topic it was read from
 * @param partition its partition
 * @param offset its offset
 * @param time its Kafka timestamp, ms since the epoch
 * @param reason a word of a small set, fit for a metric's label
 * @param detail one sentence for people
 * @param value the record's first bytes (at most 64 KiB)
 */
public record DeadLetter(
    String topic,
    int partition,
    long offset,
    long time,
    String reason,
    String detail,
    ByteBuffer value) {
  /** How much of a record is kept. */
  public static final int MAX_VALUE_BYTES = 64 * 1024;

  public DeadLetter {
    byte[] kept = new byte[Math.min(value.remaining(), MAX_VALUE_BYTES)];
    value.duplicate().get(kept);
    value = ByteBuffer.wrap(kept).asReadOnlyBuffer();
  }
}
