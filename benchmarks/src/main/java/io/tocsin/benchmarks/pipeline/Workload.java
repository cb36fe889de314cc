// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.fleet.Fleet;
import io.tocsin.benchmarks.fleet.FleetSettings;
import io.tocsin.benchmarks.fleet.Schedule;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.topics.RecordHeaders;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicCreator;
import io.tocsin.connectors.topics.TopicSettings;
import io.tocsin.jobs.local.LocalRunException;
import io.tocsin.models.telemetry.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What lies in {@link Topic#METRICS} so far, what is still to come, and what is to be found in it.
 * For one thread.
 */
final class Workload implements AutoCloseable {
  /** When all is sent there is nothing to wait for; when the run is interrupted it is in vain. */
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final String bootstrapServers;
  private final Schedule schedule;
  private final Fleet fleet;
  private final long start;
  private final byte[] protocol;
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final int perBody;
  private int scrapes;
  private long underWay;

  /** For any thread: of samples that were sent, also of a scrape that is under way. */
  private volatile long begun;

  private long bytes;

  private Workload(FleetSettings settings, Plan plan, String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.schedule = plan.schedule();
    start = System.currentTimeMillis() - schedule.offsetOf(plan.past());
    fleet = new Fleet(settings, schedule, start);
    perBody = settings.samplesPerBody();
    protocol = (settings.protocol() == Protocol.V2 ? "2" : "1").getBytes(StandardCharsets.US_ASCII);
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "batch.size",
                1 << 18,
                "linger.ms",
                2,
                "acks",
                "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * When it happens.
   *
   * @param schedule of all scrapes
   * @param past how many of them are before now
   */
  record Plan(Schedule schedule, int past) {
    /** A schedule that ends now. */
    static Plan past(Schedule schedule) {
      return new Plan(schedule, schedule.scrapes());
    }
  }

  /** Creates the topics. Nothing is sent yet. */
  static Workload create(FleetSettings settings, Plan plan, String bootstrapServers)
      throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      TopicCreator creator = new TopicCreator(admin, TopicSettings.DEFAULTS);
      creator.ensure(List.of(Topic.METRICS, Topic.FINDINGS, Topic.DEAD_LETTERS));
      // What is scraped in no time spans hours.
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, Topic.METRICS.topicName()),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "-1"), OpType.SET))))
          .all()
          .get();
    }
    return new Workload(settings, plan, bootstrapServers);
  }

  /** Sends what is scraped before this scrape and was not sent yet, as fast as it goes. */
  void send(int until) {
    send(until, scheduled -> scheduled);
  }

  /** The same with a clock that may wait. */
  void send(int until, Fleet.Clock clock) {
    while (scrapes < until) {
      fleet.send(
          scrapes,
          clock,
          (sender, time, body) -> {
            bytes += body.length;
            underWay = Math.min(fleet.series(), underWay + perBody);
            begun = samples() + underWay;
            var unused =
                producer.send(
                    record(sender, time, body),
                    (metadata, error) -> failure.compareAndSet(null, error));
          });
      scrapes++;
      underWay = 0;
    }
    producer.flush();
    if (failure.get() != null) {
      throw new LocalRunException(
          "Kafka did not take all bodies: " + failure.get().getMessage() + ".", failure.get());
    }
  }

  private ProducerRecord<byte[], byte[]> record(int sender, long time, byte[] body) {
    int partition = sender % Topic.METRICS.partitions();
    byte[] key = ("sender-" + sender).getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topic.METRICS.topicName(), partition, time, key, body);
    record.headers().add(RecordHeaders.PROTOCOL, protocol);
    return record;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  Schedule schedule() {
    return schedule;
  }

  int series() {
    return fleet.series();
  }

  /** How many series only begin a rate with their first sample. */
  int counters() {
    return fleet.counters();
  }

  /** How many scrapes were sent. */
  int scrapes() {
    return scrapes;
  }

  /** How many samples were sent. */
  long samples() {
    return (long) fleet.series() * scrapes;
  }

  /** How many samples were sent so far, with those of a scrape that is under way. */
  long begun() {
    return begun;
  }

  /** How many bytes the bodies had. */
  long bytes() {
    return bytes;
  }

  /** The series that deviate by now, and since when, ms since the epoch. */
  Map<Labels, Long> broken() {
    return fleet.broken();
  }

  /** When a scrape begins, ms since the epoch. */
  long timeOf(int scrape) {
    return start + schedule.offsetOf(scrape);
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
