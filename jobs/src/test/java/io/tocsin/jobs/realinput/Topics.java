// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.avro.RecordCodec;
import io.tocsin.connectors.avro.UnreadableRecordException;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicCreator;
import io.tocsin.connectors.topics.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** All topics of a broker, as the tests fill, read and empty them. */
final class Topics implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> client;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  /** Creates them; what is in the input keeps its event time, and is kept however old that is. */
  Topics(String bootstrapServers, int metricsPartitions) throws Exception {
    client = Map.of("bootstrap.servers", bootstrapServers);
    admin = Admin.create(client);
    TopicSettings usual = TopicSettings.DEFAULTS;
    TopicSettings settings =
        new TopicSettings(
            usual.replicationFactor(), metricsPartitions, usual.logsPartitions(), usual.timeout());
    new TopicCreator(admin, settings).ensure(List.of(Topic.values()));
    set("message.timestamp.type", "CreateTime", Topic.METRICS, Topic.LOGS);
    set("retention.ms", "-1", Topic.METRICS, Topic.LOGS);
    producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sets an option of some topics. */
  void set(String option, String value, Topic... of) throws Exception {
    List<AlterConfigOp> change =
        List.of(new AlterConfigOp(new ConfigEntry(option, value), AlterConfigOp.OpType.SET));
    for (Topic topic : of) {
      ConfigResource input = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
      admin.incrementalAlterConfigs(Map.of(input, change)).all().get();
    }
  }

  /** Writes records; each partition in the order given. Returns where each is. */
  List<RecordMetadata> write(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    records.forEach(record -> sent.add(producer.send(record)));
    producer.flush();
    List<RecordMetadata> written = new ArrayList<>();
    for (Future<RecordMetadata> each : sent) {
      written.add(each.get());
    }
    return written;
  }

  /** All that is in a topic of one partition. */
  <T> List<T> read(Topic topic, RecordCodec<T> codec) throws Exception {
    List<T> values = new ArrayList<>();
    for (byte[] record : records(topic)) {
      try {
        values.add(codec.decode(record));
      } catch (UnreadableRecordException e) {
        throw new AssertionError("an unreadable record in " + topic.topicName(), e);
      }
    }
    return values;
  }

  private List<byte[]> records(Topic topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic.topicName(), 0);
    long end = end(partition);
    List<byte[]> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (consumer.position(partition) < end) {
        consumer.poll(POLL).forEach(record -> records.add(record.value()));
      }
    }
    return records;
  }

  /** Empties all topics. */
  void empty() throws Exception {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (Topic topic : Topic.values()) {
      // What only grows by compaction cannot be emptied; nothing here writes it.
      if (topic != Topic.CONTROL) {
        for (TopicPartition partition : partitions(topic)) {
          all.put(partition, RecordsToDelete.beforeOffset(end(partition)));
        }
      }
    }
    admin.deleteRecords(all).all().get();
  }

  /**
   * Waits until a job has read all that is in a topic now, and has completed a checkpoint since: so
   * all it makes of that is written.
   */
  void awaitConsumed(String group, Topic topic) throws Exception {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (TopicPartition partition : partitions(topic)) {
      if (end(partition) > offset(partition, OffsetSpec.earliest())) {
        ends.put(partition, end(partition));
      }
    }
    await(group + " to read all of " + topic.topicName())
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> hasRead(group, ends));
  }

  private boolean hasRead(String group, Map<TopicPartition, Long> ends) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return ends.entrySet().stream()
        .allMatch(
            end ->
                committed.containsKey(end.getKey())
                    && committed.get(end.getKey()).offset() >= end.getValue());
  }

  private List<TopicPartition> partitions(Topic topic) throws Exception {
    String name = topic.topicName();
    return admin.describeTopics(List.of(name)).allTopicNames().get().get(name).partitions().stream()
        .map(partition -> new TopicPartition(name, partition.partition()))
        .toList();
  }

  private long end(TopicPartition partition) throws Exception {
    return offset(partition, OffsetSpec.latest());
  }

  private long offset(TopicPartition partition, OffsetSpec which) throws Exception {
    return admin.listOffsets(Map.of(partition, which)).partitionResult(partition).get().offset();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }
}
