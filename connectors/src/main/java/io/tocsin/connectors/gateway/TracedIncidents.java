// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.alertmanager.AlertReader;
import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.avro.UnreadableRecordException;
import io.tocsin.connectors.otlp.IncidentTrace.Acceptance;
import io.tocsin.connectors.otlp.IncidentTracer;
import io.tocsin.connectors.otlp.IncidentTracer.Place;
import io.tocsin.connectors.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads incidents for the tracer, and asks the Alertmanagers which they have taken. All gateways
 * are one consumer group, so that one of them tells a trace; what it has not told yet is not
 * committed, so that another, or the same after a restart, tells it.
 */
final class TracedIncidents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TracedIncidents.class);
  private static final String GROUP = "tocsin-gateway-traces";
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long RETRY_MILLIS = 2_000;

  private final Map<String, Object> properties;
  private final IncidentTracer tracer;
  private final List<AlertReader> alertmanagers;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "traces");
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private volatile @Nullable KafkaConsumer<byte[], byte[]> reading;
  private boolean failing;

  /**
   * One that does not read yet.
   *
   * @param kafka properties of the Kafka client
   */
  TracedIncidents(
      Map<String, Object> kafka, IncidentTracer tracer, List<AlertReader> alertmanagers) {
    properties = new HashMap<>(kafka);
    properties.put("group.id", GROUP);
    properties.put("enable.auto.commit", false);
    properties.put("allow.auto.create.topics", false);
    // Of the time before traces were wanted, none is told.
    properties.put("auto.offset.reset", "latest");
    // The topic may be created a little later.
    properties.put("metadata.max.age.ms", 5_000);
    // A gateway that dies is soon replaced by another.
    properties.put("session.timeout.ms", 10_000);
    this.tracer = tracer;
    this.alertmanagers = alertmanagers;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      do {
        read();
      } while (!closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("reading of traced incidents ends");
    }
  }

  private void read() throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      reading = consumer;
      consumer.subscribe(List.of(Topic.INCIDENTS.topicName()), new Forgetting());
      while (closed.getCount() > 0) {
        consumer.poll(POLL).forEach(this::take);
        failing = false;
        if (tracer.waits()) {
          tracer.accepted(ask());
        }
        tracer.tellDue();
        commit(consumer);
      }
    } catch (WakeupException | org.apache.kafka.common.errors.InterruptException e) {
      LOG.debug("reading of traced incidents ends");
    } catch (KafkaException e) {
      if (!failing) {
        LOG.warn("incidents cannot be read to be traced; trying again until they can", e);
      }
      failing = true;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      tracer.take(
          Codecs.INCIDENTS.decode(record.value()), new Place(record.partition(), record.offset()));
    } catch (UnreadableRecordException e) {
      LOG.debug("record {} of {} cannot be read", record.offset(), record.topic(), e);
    }
  }

  private Map<String, List<Acceptance>> ask() throws InterruptedException {
    Map<String, List<Acceptance>> accepted = new HashMap<>();
    for (AlertReader each : alertmanagers) {
      for (Map.Entry<String, Instant> known : each.incidents().entrySet()) {
        accepted
            .computeIfAbsent(known.getKey(), id -> new ArrayList<>())
            .add(new Acceptance(each.name(), known.getValue().toEpochMilli()));
      }
    }
    return accepted;
  }

  private void commit(KafkaConsumer<byte[], byte[]> consumer) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition each : consumer.assignment()) {
      long told = tracer.toldUpTo(new Place(each.partition(), consumer.position(each))).offset();
      Long before = committed.put(each, told);
      if (before == null || before != told) {
        offsets.put(each, new OffsetAndMetadata(told));
      }
    }
    if (!offsets.isEmpty()) {
      consumer.commitSync(offsets);
    }
  }

  /** What this gateway reads no more, another tells. */
  private final class Forgetting implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        tracer.forget();
        committed.clear();
      }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
  }

  @Override
  public void close() {
    closed.countDown();
    KafkaConsumer<byte[], byte[]> consumer = reading;
    if (consumer != null) {
      // Not interrupted, it leaves its group, and another need not wait until it is missed.
      consumer.wakeup();
    }
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
