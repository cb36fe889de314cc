// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.topics.RecordHeaders;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.models.incidents.Evidence;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what some series were around a time from the topic of metrics itself. It looks into every
 * body of that time, so it stops after a while and has then what it has.
 */
final class MetricHistory implements Histories.Reader {
  private static final Duration POLL = Duration.ofMillis(300);
  private static final long MOST_NANOS = Duration.ofSeconds(10).toNanos();

  private final Map<String, Object> properties;

  MetricHistory(Map<String, Object> kafka) {
    properties = new HashMap<>(kafka);
    properties.put("enable.auto.commit", false);
    properties.put("allow.auto.create.topics", false);
  }

  @Override
  public Map<Long, List<Trail.Point>> read(List<Evidence> wanted, long from, long to) {
    SeriesPicker picker = new SeriesPicker(wanted);
    long begin = System.nanoTime();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<TopicPartition> unread = seek(consumer, from);
      while (!unread.isEmpty() && System.nanoTime() - begin < MOST_NANOS) {
        consumer.assign(unread);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.timestamp() > to) {
            unread.remove(new TopicPartition(record.topic(), record.partition()));
          } else {
            picker.take(record.value(), protocol(record));
          }
        }
        consumer
            .endOffsets(unread)
            .forEach(
                (partition, end) -> {
                  if (consumer.position(partition) >= end) {
                    unread.remove(partition);
                  }
                });
      }
    }
    return picker.picked();
  }

  private static Set<TopicPartition> seek(KafkaConsumer<byte[], byte[]> consumer, long from) {
    Map<TopicPartition, Long> since = new HashMap<>();
    consumer
        .partitionsFor(Topic.METRICS.topicName())
        .forEach(each -> since.put(new TopicPartition(each.topic(), each.partition()), from));
    Set<TopicPartition> found = new HashSet<>();
    consumer.assign(since.keySet());
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> offset :
        consumer.offsetsForTimes(since).entrySet()) {
      if (offset.getValue() != null) {
        consumer.seek(offset.getKey(), offset.getValue().offset());
        found.add(offset.getKey());
      }
    }
    return found;
  }

  private static Protocol protocol(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(RecordHeaders.PROTOCOL);
    return header != null && header.value().length == 1 && header.value()[0] == '2'
        ? Protocol.V2
        : Protocol.V1;
  }
}
