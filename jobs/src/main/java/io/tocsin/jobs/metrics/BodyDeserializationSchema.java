// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.Rejection;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.connectors.remotewrite.SnappyBlock;
import io.tocsin.connectors.topics.RecordHeaders;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.health.RecordCounters;
import io.tocsin.models.telemetry.DeadLetter;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Decodes remote-write bodies at the source, once, and splits them by shard. A record that cannot
 * be read comes out as a batch of the shard {@link ShardBatch#UNREADABLE}.
 */
final class BodyDeserializationSchema implements KafkaRecordDeserializationSchema<ShardBatch> {
  private static final byte[] NONE = {};

  private final RemoteWriteLimits limits;
  private transient @Nullable Decoding decoding;
  private transient @Nullable Counter consumed;

  BodyDeserializationSchema(RemoteWriteLimits limits) {
    this.limits = limits;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoding = new Decoding(limits);
    consumed =
        RecordCounters.consumed(
            context.getMetricGroup(), Topic.METRICS.topicName(), "remote-write");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ShardBatch> out) {
    if (decoding == null) {
      decoding = new Decoding(limits);
    }
    if (consumed != null) {
      consumed.inc();
    }
    Rejection rejection = decoding.decode(record, out);
    if (rejection != null) {
      out.collect(unreadable(record, rejection));
    }
  }

  private static ShardBatch unreadable(ConsumerRecord<byte[], byte[]> record, Rejection rejection) {
    byte @Nullable [] value = record.value();
    DeadLetter letter =
        new DeadLetter(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            rejection.reason().word(),
            rejection.detail(),
            ByteBuffer.wrap(value == null ? NONE : value));
    byte[] encoded = Codecs.DEAD_LETTERS.encode(letter);
    return new ShardBatch(ShardBatch.UNREADABLE, record.timestamp(), false, NONE, encoded);
  }

  @Override
  public TypeInformation<ShardBatch> getProducedType() {
    return ShardBatchSerializer.typeInformation();
  }

  /** What one source thread decodes with. */
  private static final class Decoding {
    private final SnappyBlock snappy;
    private final RemoteWriteDecoder decoder;
    private final DecodedBody body = new DecodedBody();
    private final ShardSplitter splitter = new ShardSplitter();

    Decoding(RemoteWriteLimits limits) {
      snappy = new SnappyBlock(limits);
      decoder = new RemoteWriteDecoder(limits);
    }

    @Nullable Rejection decode(ConsumerRecord<byte[], byte[]> record, Collector<ShardBatch> out) {
      byte @Nullable [] value = record.value();
      if (value == null) {
        return new Rejection(Rejection.Reason.PROTOBUF, "the record has no value");
      }
      Rejection rejection = snappy.decode(value, 0, value.length);
      if (rejection == null) {
        rejection = decoder.decode(snappy.bytes(), 0, snappy.length(), protocol(record), body);
      }
      if (rejection == null) {
        boolean history = record.headers().lastHeader(RecordHeaders.HISTORY) != null;
        splitter.split(body, snappy.bytes(), record.timestamp(), history, out::collect);
      }
      return rejection;
    }

    /** Other producers than the gateway write 1.0 and no header. */
    private static Protocol protocol(ConsumerRecord<byte[], byte[]> record) {
      Header header = record.headers().lastHeader(RecordHeaders.PROTOCOL);
      return header != null && header.value().length == 1 && header.value()[0] == '2'
          ? Protocol.V2
          : Protocol.V1;
    }
  }
}
