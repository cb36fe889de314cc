// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicCreator;
import io.tocsin.connectors.topics.TopicSettings;
import io.tocsin.models.telemetry.Labels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What lies in {@link Topic#METRICS}, and what is to be found in it.
 *
 * @param bootstrapServers of the broker
 * @param series how many
 * @param counters how many of them only begin a rate with their first sample
 * @param samples how many there are in all bodies
 * @param bytes of all bodies
 * @param broken the series that deviate
 * @param brokenFrom since when, ms since the epoch
 */
record Workload(
    String bootstrapServers,
    int series,
    int counters,
    long samples,
    long bytes,
    Set<Labels> broken,
    long brokenFrom) {

  /** Creates the topics and sends a fleet's scrapes, the last of which was just now. */
  static Workload send(FleetSettings settings, String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      TopicCreator creator = new TopicCreator(admin, TopicSettings.DEFAULTS);
      creator.ensure(List.of(Topic.METRICS, Topic.FINDINGS, Topic.DEAD_LETTERS));
    }
    long span = settings.scrapes() * Fleet.STEP_MILLIS;
    long now = System.currentTimeMillis() / Fleet.STEP_MILLIS * Fleet.STEP_MILLIS;
    Fleet fleet = new Fleet(settings, now - span);
    long bytes = send(fleet, bootstrapServers);
    return new Workload(
        bootstrapServers,
        fleet.series(),
        fleet.counters(),
        fleet.samples(),
        bytes,
        fleet.broken(),
        fleet.brokenFrom());
  }

  private static long send(Fleet fleet, String bootstrapServers) {
    AtomicLong bytes = new AtomicLong();
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = producer(bootstrapServers)) {
      fleet.send(
          (sender, time, body) -> {
            bytes.addAndGet(body.length);
            var unused =
                producer.send(
                    record(sender, time, body),
                    (metadata, error) -> failure.compareAndSet(null, error));
          });
      producer.flush();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka did not take all bodies.", failure.get());
    }
    return bytes.get();
  }

  private static ProducerRecord<byte[], byte[]> record(int sender, long time, byte[] body) {
    int partition = sender % Topic.METRICS.partitions();
    byte[] key = ("sender-" + sender).getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(Topic.METRICS.topicName(), partition, time, key, body);
  }

  private static Producer<byte[], byte[]> producer(String bootstrapServers) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "batch.size",
            1 << 20,
            "linger.ms",
            10,
            "acks",
            "all");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
