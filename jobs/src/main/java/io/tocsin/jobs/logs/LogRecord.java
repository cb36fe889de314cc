// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

/** A record as it lies in Kafka, on its way to the decoder in the same task. Immutable. */
public final class LogRecord {
  /** Odd, with bits that follow no rule. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final String topic;
  private final int partition;
  private final long offset;
  private final long time;
  private final byte[] value;

  /**
   * A record.
   *
   * @param offset where it lies in its partition, or {@link LogRecordSchema#HEARTBEAT}
   * @param time its timestamp, ms since the epoch
   * @param value its bytes; not to be changed any more
   */
  LogRecord(String topic, int partition, long offset, long time, byte[] value) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.time = time;
    this.value = value;
  }

  String topic() {
    return topic;
  }

  int partition() {
    return partition;
  }

  long offset() {
    return offset;
  }

  long time() {
    return time;
  }

  /** A number for what a line of it was written into, among all that is read. */
  long stream(long ofDecoder) {
    return (ofDecoder * MIX + topic.hashCode()) * MIX + partition;
  }

  byte[] value() {
    return value;
  }
}
