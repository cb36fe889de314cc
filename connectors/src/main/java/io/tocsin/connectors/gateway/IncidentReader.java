// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.avro.UnreadableRecordException;
import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of incidents from its beginning, which compaction keeps short, into an index,
 * on a thread of its own. When Kafka cannot be reached, or the topic is not there yet, it tries
 * again.
 */
final class IncidentReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IncidentReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long PAUSE_MILLIS = 1_000;

  private final KafkaSettings settings;
  private final IncidentIndex index;
  private final Thread thread;
  private volatile boolean closed;

  /** Begins to read. */
  IncidentReader(KafkaSettings settings, IncidentIndex index) {
    this.settings = settings;
    this.index = index;
    thread = new Thread(this::run, "incident-reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
          follow(consumer);
        } catch (KafkaException e) {
          LOG.warn("the incidents cannot be read, trying again: {}", e.getMessage());
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      LOG.debug("reading the incidents ends");
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties properties = new Properties();
    for (Map.Entry<String, Secret> each : settings.properties().entrySet()) {
      properties.setProperty(each.getKey(), each.getValue().reveal());
    }
    properties.setProperty("bootstrap.servers", settings.bootstrapServers());
    properties.setProperty("auto.offset.reset", "earliest");
    properties.setProperty("allow.auto.create.topics", "false");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
    List<TopicPartition> partitions = new ArrayList<>();
    while (partitions.isEmpty() && !closed) {
      for (PartitionInfo each : consumer.partitionsFor(Topic.INCIDENTS.topicName())) {
        partitions.add(new TopicPartition(each.topic(), each.partition()));
      }
      if (partitions.isEmpty()) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!closed) {
      consumer.poll(POLL).forEach(this::take);
      if (!index.isComplete()
          && ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
        index.complete();
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      index.put(Codecs.INCIDENTS.decode(record.value()));
    } catch (UnreadableRecordException e) {
      LOG.warn("record {} of the incidents cannot be read: {}", record.offset(), e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
