// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.avro.UnreadableRecordException;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.models.logs.LogPattern;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all that is known of patterns now. */
final class PatternList {
  private static final Logger LOG = LoggerFactory.getLogger(PatternList.class);
  private static final String TIMEOUT_MILLIS = "10000";

  private PatternList() {}

  /** The last record of each pattern. */
  static List<LogPattern> read(String bootstrapServers) {
    Map<String, LogPattern> last = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "default.api.timeout.ms", TIMEOUT_MILLIS),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.PATTERNS.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> put(record, last));
      }
    }
    return List.copyOf(last.values());
  }

  private static void put(ConsumerRecord<byte[], byte[]> record, Map<String, LogPattern> last) {
    try {
      LogPattern pattern = Codecs.PATTERNS.decode(record.value());
      last.put(pattern.key(), pattern);
    } catch (UnreadableRecordException e) {
      LOG.warn("record {} of {} cannot be read", record.offset(), record.topic(), e);
    }
  }
}
