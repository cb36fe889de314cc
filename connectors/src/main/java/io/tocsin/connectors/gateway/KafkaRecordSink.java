// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.topics.TopicCreator;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to Kafka with acks=all and idempotence, in bounded memory and bounded time. */
final class KafkaRecordSink implements RecordSink {
  /** How long a first look at a topic may take; later sends find it in the cache. */
  private static final int MAX_BLOCK_MILLIS = 500;

  /** Bodies are compressed already; batches matter for small ones only. */
  private static final int BATCH_BYTES = 256 * 1024;

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final TopicWatch topics;

  KafkaRecordSink(Producer<byte[], byte[]> producer, TopicWatch topics) {
    this.producer = producer;
    this.topics = topics;
  }

  /** Connects in the background; until then it is not ready. */
  static KafkaRecordSink connect(KafkaSettings kafka, LimitSettings limits) {
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            producerProperties(kafka, limits),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    Admin admin = Admin.create(kafka.client());
    TopicWatch topics = new TopicWatch(admin, new TopicCreator(admin, kafka.topics()), producer);
    topics.start();
    return new KafkaRecordSink(producer, topics);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback tells the same
  public void send(ProducerRecord<byte[], byte[]> record, Consumer<Delivery> told) {
    if (!topics.created()) {
      told.accept(Delivery.UNSURE);
      return;
    }
    try {
      producer.send(record, (metadata, error) -> told.accept(Delivery.of(error)));
    } catch (KafkaException | IllegalStateException e) {
      // Refused before it was queued; the callback is not called for these.
      told.accept(Delivery.of(e));
    }
  }

  @Override
  public int metricsPartitions() {
    return topics.metricsPartitions();
  }

  @Override
  public boolean ready() {
    return topics.ready();
  }

  @Override
  public String state() {
    return topics.state();
  }

  @Override
  public void close() {
    topics.close();
    producer.close(CLOSE_TIMEOUT);
  }

  static Map<String, Object> producerProperties(KafkaSettings kafka, LimitSettings limits) {
    Map<String, Object> properties = kafka.client();
    int delivery = (int) (limits.deadline().toMillis() * 4 / 5);
    properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 2);
    properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(5_000, delivery / 2));
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestBytes(limits));
    // More than can be in flight, so that the producer never waits for room.
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, limits.inFlightBytes() + (32L << 20));
    return properties;
  }

  private static int maxRequestBytes(LimitSettings limits) {
    return Math.max(limits.remoteWrite().maxBodyBytes(), limits.maxChangesBytes()) + 64 * 1024;
  }
}
