// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.connectors.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes the shop's lines to the topic of logs, as a shipper would. */
public final class KafkaLogSender implements LogSender {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaProducer<byte[], byte[]> producer;

  public KafkaLogSender(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  public void send(String pod, String json, long time) {
    // A line that gets lost is no matter to a shop that is only played.
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topic.LOGS.topicName(),
                null,
                time,
                pod.getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    producer.close(PATIENCE);
  }
}
