// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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

  /** All measured so far. */
  List<Result> results() {
    return results;
  }

  /** Writes and reads all bodies once, with a topic of its own. */
  Cost measure() throws Exception {
    String topic = "%s-%d".formatted(form.title().replaceAll("\\W+", "-"), topics++);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
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

  private Cost write(String topic) {
    try (Producer<byte[], byte[]> producer = producer()) {
      producer.partitionsFor(topic);
      ProcessMeter meter = ProcessMeter.start();
      for (int time = 0; time < bodies.times(); time++) {
        int sender = time;
        for (byte[] body : bodies.bodies()) {
          form.write(sender, body, (at, value) -> send(producer, topic, at, value));
        }
      }
      producer.flush();
      return meter.stop(bodies.sent());
    }
  }

  private static void send(
      Producer<byte[], byte[]> producer, String topic, int place, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, place % PARTITIONS, null, value));
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
