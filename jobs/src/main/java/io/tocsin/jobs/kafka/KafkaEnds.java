// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.kafka;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.serialization.CodecSerializationSchema;
import io.tocsin.jobs.serialization.RecordType;
import java.time.Instant;
import java.util.List;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Sources and sinks of the jobs, all of one make. */
public final class KafkaEnds {
  /** Larger than the largest body, so that one fetch always brings something. */
  private static final String FETCH_BYTES = Integer.toString(Topic.METRICS.maxMessageBytes());

  private KafkaEnds() {}

  /**
   * Reads a topic from where the settings say. After a restart the checkpoint says where to go on.
   */
  public static <T> KafkaSource<T> source(
      KafkaSettings settings, Topic topic, KafkaRecordDeserializationSchema<T> schema) {
    return source(settings, List.of(topic.topicName()), schema);
  }

  /**
   * Reads a compacted topic from its beginning, which holds the newest of everything, wherever the
   * settings have others begin. After a restart the checkpoint says where to go on.
   */
  public static <T> KafkaSource<T> compacted(
      KafkaSettings settings, Topic topic, KafkaRecordDeserializationSchema<T> schema) {
    return source(settings, List.of(topic.topicName()), OffsetsInitializer.earliest(), schema);
  }

  /** Reads several topics, each from where the settings say. */
  public static <T> KafkaSource<T> source(
      KafkaSettings settings, List<String> topics, KafkaRecordDeserializationSchema<T> schema) {
    return source(settings, topics, start(settings), schema);
  }

  private static <T> KafkaSource<T> source(
      KafkaSettings settings,
      List<String> topics,
      OffsetsInitializer start,
      KafkaRecordDeserializationSchema<T> schema) {
    return KafkaSource.<T>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setGroupId(settings.groupId())
        .setTopics(topics)
        .setStartingOffsets(start)
        .setDeserializer(schema)
        .setProperties(settings.clientProperties())
        .setProperty("max.partition.fetch.bytes", FETCH_BYTES)
        .setProperty("fetch.max.wait.ms", "50")
        .setProperty("commit.offsets.on.checkpoint", "true")
        .build();
  }

  @SuppressWarnings("deprecation") // the connector takes no other type for the strategy
  private static OffsetsInitializer start(KafkaSettings settings) {
    Instant time = settings.startTime();
    if (time != null) {
      return OffsetsInitializer.timestamp(time.toEpochMilli());
    }
    return settings.start().equals(KafkaSettings.EARLIEST)
        ? OffsetsInitializer.earliest()
        : OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
  }

  /**
   * Writes a topic at least once. Records carry deterministic ids, so that a reader knows one that
   * it has read already; this spares transactions and the wait for their commit.
   */
  public static <T> KafkaSink<T> sink(KafkaSettings settings, Topic topic, RecordType<T> type) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setKafkaProducerConfig(settings.clientProperties())
        .setProperty("acks", "all")
        .setProperty("enable.idempotence", "true")
        .setProperty("linger.ms", "5")
        .setProperty("compression.type", "lz4")
        .setRecordSerializer(new CodecSerializationSchema<>(type, topic.topicName()))
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }
}
