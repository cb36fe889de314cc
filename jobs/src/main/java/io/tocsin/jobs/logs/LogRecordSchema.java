// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.connectors.topics.RecordHeaders;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Takes records as they are: the next operator of the same task decodes many at once. */
final class LogRecordSchema implements KafkaRecordDeserializationSchema<LogRecord> {
  private static final byte[] NONE = {};

  /** The offset that says that a record only tells the time. */
  static final long HEARTBEAT = -1;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<LogRecord> out) {
    byte @Nullable [] value = record.value();
    boolean heartbeat = record.headers().lastHeader(RecordHeaders.HEARTBEAT) != null;
    out.collect(
        new LogRecord(
            record.topic(),
            record.partition(),
            heartbeat ? HEARTBEAT : record.offset(),
            record.timestamp(),
            value == null ? NONE : value));
  }

  @Override
  public TypeInformation<LogRecord> getProducedType() {
    return LogRecordSerializer.typeInformation();
  }
}
