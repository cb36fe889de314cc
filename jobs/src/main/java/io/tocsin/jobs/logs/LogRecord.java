// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

/**
 * A record as it lies in Kafka, on its way to the decoder in the same task. Immutable.
 *
 * @param value its bytes; of a heartbeat none, since it only tells the time
 * @param time its timestamp, ms since the epoch
 * @param offset where it lies in its partition
 */
record LogRecord(String topic, int partition, long offset, long time, byte[] value) {
  @Override
  public boolean equals(Object other) {
    return other instanceof LogRecord that
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * topic.hashCode() + partition) + Long.hashCode(offset);
  }
}
