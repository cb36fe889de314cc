// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.Rejection;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.connectors.remotewrite.SnappyBlock;
import io.tocsin.connectors.topics.RecordHeaders;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Decodes bodies to columns as the metrics job does, and gives nothing on but how many samples each
 * had: what reading and decoding cost by themselves.
 */
final class CountBodies implements KafkaRecordDeserializationSchema<Integer> {
  static final String COUNTER = "read_samples";

  private transient @Nullable Decoding decoding;

  private static final class Decoding {
    private final SnappyBlock snappy = new SnappyBlock(RemoteWriteLimits.DEFAULTS);
    private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
    private final DecodedBody body = new DecodedBody();
    private final Counter samples;

    Decoding(Counter samples) {
      this.samples = samples;
    }

    int decode(byte[] value, Protocol protocol) {
      Rejection rejection = snappy.decode(value, 0, value.length);
      if (rejection == null) {
        rejection = decoder.decode(snappy.bytes(), 0, snappy.length(), protocol, body);
      }
      if (rejection != null) {
        throw new IllegalStateException("a generated body is unreadable: " + rejection.detail());
      }
      samples.inc(body.sampleCount());
      return body.sampleCount();
    }
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoding = new Decoding(context.getMetricGroup().counter(COUNTER));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Integer> out) {
    if (decoding != null) {
      Header header = record.headers().lastHeader(RecordHeaders.PROTOCOL);
      boolean second = header != null && header.value()[0] == '2';
      out.collect(decoding.decode(record.value(), second ? Protocol.V2 : Protocol.V1));
    }
  }

  @Override
  public TypeInformation<Integer> getProducedType() {
    return Types.INT;
  }
}
