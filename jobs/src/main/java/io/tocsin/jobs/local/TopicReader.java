// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.avro.RecordCodec;
import io.tocsin.connectors.avro.UnreadableRecordException;
import io.tocsin.connectors.topics.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a topic of one partition from where it ends now, on a thread of its own. */
final class TopicReader<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final RecordCodec<T> codec;
  private final Consumer<T> reader;
  private final Thread thread;
  private volatile long next;

  /** Begins to follow the topic: what is written from now on goes to the reader, in order. */
  TopicReader(String bootstrapServers, Topic topic, RecordCodec<T> codec, Consumer<T> reader) {
    this.codec = codec;
    this.reader = reader;
    partition = new TopicPartition(topic.topicName(), 0);
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
    consumer.seekToEnd(List.of(partition));
    next = consumer.position(partition);
    thread = new Thread(this::read, "reader-" + topic.topicName());
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          hand(record);
          next = record.offset() + 1;
        }
      }
    } catch (WakeupException e) {
      // Closed.
    } catch (KafkaException e) {
      LOG.warn("reading {} ended", partition, e);
    }
  }

  private void hand(ConsumerRecord<byte[], byte[]> record) {
    try {
      reader.accept(codec.decode(record.value()));
    } catch (UnreadableRecordException e) {
      LOG.warn("record {} of {} cannot be read", record.offset(), partition, e);
    }
  }

  /** Up to which offset all has been handed to the reader. */
  long next() {
    return next;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
