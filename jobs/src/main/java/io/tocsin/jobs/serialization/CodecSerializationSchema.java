// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to a topic under the key of their type. Kafka's timestamp is the time of writing:
 * event times may lie weeks back, and retention must not delete what was just written.
 */
public final class CodecSerializationSchema<T> implements KafkaRecordSerializationSchema<T> {
  private final RecordType<T> type;
  private final String topic;

  public CodecSerializationSchema(RecordType<T> type, String topic) {
    this.type = type;
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T record, KafkaSinkContext context, @Nullable Long timestamp) {
    String key = type.key(record);
    byte @Nullable [] keyBytes = key.isEmpty() ? null : key.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, keyBytes, type.codec().encode(record));
  }
}
