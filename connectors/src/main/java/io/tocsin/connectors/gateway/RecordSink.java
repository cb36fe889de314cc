// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Takes records for Kafka. */
interface RecordSink extends AutoCloseable {
  /**
   * Hands a record over without waiting for Kafka. What became of it is told once, from any thread,
   * possibly before this returns.
   */
  void send(ProducerRecord<byte[], byte[]> record, Consumer<Delivery> told);

  /** How many partitions the topic of metrics has, as far as that is known; else 0. */
  int metricsPartitions();

  /** Whether records can be expected to be written. */
  boolean ready();

  /** What is lacking when it is not ready, in one sentence. */
  String state();

  @Override
  void close();
}
