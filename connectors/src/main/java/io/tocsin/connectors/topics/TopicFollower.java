// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

import io.tocsin.connectors.avro.RecordCodec;
import io.tocsin.connectors.avro.UnreadableRecordException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic from the past to its end and goes on with what comes, on a thread of its own. When
 * Kafka fails it begins again; what it has read once it may then hand out again.
 */
public final class TopicFollower<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final long RETRY_MILLIS = 2_000;
  private static final Duration POLL = Duration.ofMillis(500);

  private final Topic topic;
  private final RecordCodec<T> codec;
  private final Duration past;
  private final Taker<T> taker;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private final Map<String, Object> properties;
  private volatile boolean caughtUp;
  private volatile boolean failing;

  /**
   * One that does not read yet.
   *
   * @param properties of the Kafka client
   * @param past how far back to begin
   */
  public TopicFollower(
      Map<String, Object> properties, Source<T> source, Duration past, Taker<T> taker) {
    this.properties = new HashMap<>(properties);
    this.properties.put("enable.auto.commit", false);
    this.properties.put("allow.auto.create.topics", false);
    topic = source.topic();
    codec = source.codec();
    this.past = past;
    this.taker = taker;
    thread = new Thread(this::run, "follow-" + topic.topicName());
    thread.setDaemon(true);
  }

  /** A topic and how its records are read. */
  public record Source<T>(Topic topic, RecordCodec<T> codec) {}

  /** Takes what is read, on the follower's thread. */
  @FunctionalInterface
  public interface Taker<T> {
    void take(T record);

    /** All has been taken that was there at the beginning. */
    default void caughtUp() {}
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  /** Whether all has been read that was there at the beginning. */
  public boolean caughtUp() {
    return caughtUp;
  }

  private void run() {
    try {
      do {
        follow();
      } while (!closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("following {} ends", topic);
    }
  }

  private void follow() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      seek(consumer, partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (!partitions.isEmpty() && closed.getCount() > 0) {
        consumer.poll(POLL).forEach(this::hand);
        failing = false;
        if (!caughtUp
            && ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
          caughtUp = true;
          taker.caughtUp();
        }
      }
    } catch (WakeupException | org.apache.kafka.common.errors.InterruptException e) {
      LOG.debug("following {} ends", topic);
    } catch (KafkaException e) {
      if (!failing) {
        LOG.warn("{} cannot be read; trying again until it can", topic.topicName(), e);
      }
      failing = true;
    }
  }

  private void seek(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> since = new HashMap<>();
    long from = Math.max(0, System.currentTimeMillis() - past.toMillis());
    partitions.forEach(each -> since.put(each, from));
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
        consumer.offsetsForTimes(since).entrySet()) {
      if (found.getValue() == null) {
        consumer.seekToEnd(List.of(found.getKey()));
      } else {
        consumer.seek(found.getKey(), found.getValue().offset());
      }
    }
  }

  private void hand(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      taker.take(codec.decode(record.value()));
    } catch (UnreadableRecordException e) {
      LOG.warn("record {} of {} cannot be read", record.offset(), record.topic(), e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
