// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import io.tocsin.connectors.avro.UnreadableRecordException;
import io.tocsin.models.telemetry.DeadLetter;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads a topic's records; what cannot be read comes out as a dead letter, never as an error. */
public final class CodecDeserializationSchema<T>
    implements KafkaRecordDeserializationSchema<Decoded<T>> {
  private static final String NO_VALUE = "no_value";

  /** Why a record cannot be read: each is a word that dead letters tell. */
  static final List<String> REASONS =
      List.of(
          NO_VALUE,
          UnreadableRecordException.NOT_AVRO,
          UnreadableRecordException.UNKNOWN_SCHEMA,
          UnreadableRecordException.MALFORMED);

  private final RecordType<T> type;

  public CodecDeserializationSchema(RecordType<T> type) {
    this.type = type;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded<T>> out) {
    out.collect(decoded(record));
  }

  private Decoded<T> decoded(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      return unreadable(record, NO_VALUE, "the record has no value");
    }
    try {
      return Decoded.of(type.codec().decode(value));
    } catch (UnreadableRecordException e) {
      return unreadable(record, e.reason(), String.valueOf(e.getMessage()));
    }
  }

  private Decoded<T> unreadable(
      ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
    byte @Nullable [] value = record.value();
    return Decoded.unreadable(
        new DeadLetter(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            reason,
            detail,
            ByteBuffer.wrap(value == null ? new byte[0] : value)));
  }

  @Override
  public TypeInformation<Decoded<T>> getProducedType() {
    return type.decoded().typeInformation();
  }
}
