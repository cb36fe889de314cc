// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.benchmarks.measure.ProcessMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends bodies through Kafka in a certain form: writes all, then reads all. */
final class GatewayFormRun {
  private static final int PARTITIONS = 8;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PATIENCE_SECONDS = 60;

  private final GatewayForm form;
  private final Bodies bodies;
  private final Place place;
  private final List<Result> results = new ArrayList<>();
  private int topics;

  /** Where Kafka is, and which process. */
  record Place(String bootstrapServers, long pid) {}

  /**
   * What is sent.
   *
   * @param samples in all bodies together
   * @param times how often all bodies are sent
   */
  record Bodies(List<byte[]> bodies, int samples, int times) {
    long sent() {
      return (long) samples * times;
    }
  }

  /** What a run cost on either side, in the broker, and on its disk. */
  record Result(Cost gateway, Cost job, double brokerNanosPerSample, double bytesPerSample) {
    Cost both() {
      return new Cost(
          gateway.samples(),
          gateway.cpuNanos() + job.cpuNanos(),
          gateway.allocatedBytes() + job.allocatedBytes(),
          gateway.wallNanos() + job.wallNanos());
    }
  }

  GatewayFormRun(GatewayForm form, Bodies bodies, Place place) {
    this.form = form;
    this.bodies = bodies;
    this.place = place;
  }

  String title() {
    return form.title();
  }

  /** All measured so far. */
  List<Result> results() {
    return results;
  }

  /**
   * Writes and reads all bodies once, with a topic of its own. The topic of the next time is
   * created already: to one that is quite new, an idempotent producer of Kafka 4.2 writes out of
   * order.
   */
  Cost measure() throws Exception {
    String topic = topic(topics++);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.bootstrapServers()))) {
      create(admin, topic(topics));
      long broker = brokerNanos();
      Cost gateway = write(topic);
      Cost job = read(topic);
      broker = brokerNanos() - broker;
      double samples = (double) bodies.sent();
      double bytes = (double) bytes(admin, topic);
      results.add(new Result(gateway, job, broker / samples, bytes / samples));
      admin.deleteTopics(List.of(topic)).all().get();
    }
    return results.get(results.size() - 1).both();
  }

  /** Creates the first topic. */
  GatewayFormRun prepared() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.bootstrapServers()))) {
      create(admin, topic(0));
    }
    return this;
  }

  private String topic(int number) {
    String name = form.title().replaceAll("\\W+", "-");
    return "%s-%d-%d".formatted(name, bodies.bodies().size(), number);
  }

  private static void create(Admin admin, String topic) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
  }

  private Cost write(String topic) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = producer()) {
      producer.partitionsFor(topic);
      ProcessMeter meter = ProcessMeter.start();
      for (int time = 0; time < bodies.times(); time++) {
        int sender = time;
        for (byte[] body : bodies.bodies()) {
          form.write(
              sender, body, (at, value) -> send(producer, record(topic, at, value), failure));
        }
      }
      producer.flush();
      if (failure.get() != null) {
        throw new IllegalStateException("Kafka did not take all records.", failure.get());
      }
      return meter.stop(bodies.sent());
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, int place, byte[] value) {
    return new ProducerRecord<>(topic, place % PARTITIONS, null, value);
  }

  private static void send(
      Producer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> record,
      AtomicReference<Exception> failure) {
    var unused = producer.send(record, (metadata, error) -> failure.compareAndSet(null, error));
  }

  private Cost read(String topic) {
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      ProcessMeter meter = ProcessMeter.start();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      long samples = 0;
      while (samples < bodies.sent()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("Only %,d samples came back.".formatted(samples));
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          samples += form.read(record.value());
        }
      }
      return meter.stop(samples);
    }
  }

  /** CPU time of the broker, which the system tells in steps of some milliseconds. */
  private long brokerNanos() {
    return ProcessHandle.of(place.pid())
        .flatMap(broker -> broker.info().totalCpuDuration())
        .orElse(Duration.ZERO)
        .toNanos();
  }

  private static long bytes(Admin admin, String topic) throws Exception {
    return Objects.requireNonNull(admin.describeLogDirs(List.of(1)).allDescriptions().get().get(1))
        .values()
        .stream()
        .flatMap(directory -> directory.replicaInfos().entrySet().stream())
        .filter(replica -> replica.getKey().topic().equals(topic))
        .mapToLong(replica -> replica.getValue().size())
        .sum();
  }

  /** As the gateway's. */
  private Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            place.bootstrapServers(),
            "acks",
            "all",
            "enable.idempotence",
            true,
            "linger.ms",
            2,
            "batch.size",
            256 * 1024,
            "compression.type",
            form.compression()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** As the job's. */
  private Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            place.bootstrapServers(),
            "max.partition.fetch.bytes",
            33 << 20,
            "fetch.max.wait.ms",
            50),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
