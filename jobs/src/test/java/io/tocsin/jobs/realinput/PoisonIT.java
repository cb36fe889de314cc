// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.topics.RecordHeaders;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.incidents.IncidentsJob;
import io.tocsin.jobs.metrics.MetricsJob;
import io.tocsin.models.changes.Change;
import io.tocsin.models.incidents.IncidentSettings;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be read are set aside and disturb nothing. */
final class PoisonIT {
  private static final int SCRAPES = 200;
  private static final int EVERY = 4;
  private static final Duration CHECKPOINTS = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private final Random random = new Random(3);
  private final Fleet fleet = new Fleet(0, 8, List.of(new Fleet.Fault(2, 150, 170, false)));
  private final Set<String> expected = new TreeSet<>();
  private Pipeline pipeline;

  /** An unreadable record and the reason why. */
  private record Poison(ProducerRecord<byte[], byte[]> record, String reason) {}

  @Test
  void poisonIsSetAsideWithItsPlaceAndReasonAndAllElseIsScored() throws Exception {
    try (Pipeline started = new Pipeline(directory, 2)) {
      pipeline = started;
      JobID metrics =
          pipeline.start(
              "metrics",
              2,
              env -> MetricsJob.define(env, pipeline.metricsSettings("metrics", CHECKPOINTS)));
      JobID incidents =
          pipeline.start(
              "incidents",
              1,
              env ->
                  IncidentsJob.define(
                      env,
                      pipeline.incidentsSettings(
                          "incidents", IncidentSettings.DEFAULTS, List.of(), CHECKPOINTS)));
      writeMetrics();
      writeGarbage();
      pipeline.topics().write(List.of(fleet.heartbeat(0), fleet.heartbeat(1)));
      pipeline.topics().awaitConsumed("metrics", Topic.METRICS);
      pipeline.topics().awaitConsumed("incidents", Topic.FINDINGS);
      pipeline.topics().awaitConsumed("incidents", Topic.CHANGES);

      assertThat(deadLetters()).isEqualTo(expected);
      for (JobID job : List.of(metrics, incidents)) {
        assertThat(pipeline.failures(job)).isZero();
        assertThat(pipeline.restores(job)).isZero();
      }
      await("every good sample to be counted")
          .atMost(PATIENCE)
          .until(() -> accepted(metrics) == fleet.samples());
      assertThat(pipeline.topics().read(Topic.INCIDENTS, Codecs.INCIDENTS)).isNotEmpty();
      System.out.printf(
          "poison: %d records set aside, %d samples scored, 0 restarts%n",
          expected.size(), fleet.samples());
    }
  }

  /** Samples that were judged, or are the first of their series. */
  private double accepted(JobID metrics) throws Exception {
    return pipeline.metric(metrics, "metrics-score", "fate.scored.tocsin_samples_total")
        + pipeline.metric(metrics, "metrics-score", "fate.tracked.tocsin_samples_total");
  }

  private void writeMetrics() throws Exception {
    for (int scrape = 0; scrape < SCRAPES; scrape++) {
      List<ProducerRecord<byte[], byte[]>> good = fleet.scrapes(1);
      pipeline.topics().write(good);
      if (scrape % EVERY == 0) {
        write(poison(scrape, good.get(0).value()));
      }
    }
  }

  private List<Poison> poison(int scrape, byte[] good) {
    long time = Fleet.START + scrape * Fleet.STEP_MILLIS;
    int partition = scrape % 2;
    byte[] garbage = new byte[300];
    random.nextBytes(garbage);
    // As a length, the first bytes would claim more than is allowed.
    garbage[0] = 100;
    byte[] plain = "http_requests_total 17".getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> second = Fleet.record(partition, time, secondProtocol(time));
    second.headers().add(RecordHeaders.PROTOCOL, new byte[] {'1'});
    return List.of(
        new Poison(
            Fleet.record(partition, time, Arrays.copyOf(good, good.length / 2)), "compression"),
        new Poison(Fleet.record(partition, time, plain), "compression"),
        new Poison(Fleet.record(partition, time, garbage), "compression"),
        new Poison(Fleet.record(partition, time, null), "protobuf"),
        new Poison(second, "wrong_protocol"));
  }

  private static byte[] secondProtocol(long time) {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V2);
    Labels labels = Labels.of(Labels.NAME, "http_requests_total", "service", "poison");
    encoder.sample(RemoteWriteEncoder.encodeLabels(labels), time, 1);
    return encoder.finish();
  }

  private void writeGarbage() throws Exception {
    byte[] json = "{\"json\":1}".getBytes(StandardCharsets.UTF_8);
    List<Poison> all = new ArrayList<>();
    for (Topic topic : List.of(Topic.FINDINGS, Topic.CHANGES)) {
      all.add(new Poison(new ProducerRecord<>(topic.topicName(), new byte[0]), "not_avro"));
      all.add(new Poison(new ProducerRecord<>(topic.topicName(), json), "not_avro"));
      all.add(new Poison(new ProducerRecord<>(topic.topicName(), null), "no_value"));
    }
    byte[] change = Codecs.CHANGES.encode(new Change("", 0, "", Entity.NONE, "", "", "", ""));
    byte[] half = Arrays.copyOf(change, change.length - 1);
    all.add(new Poison(new ProducerRecord<>(Topic.CHANGES.topicName(), half), "malformed"));
    all.add(new Poison(new ProducerRecord<>(Topic.FINDINGS.topicName(), change), "unknown_schema"));
    write(all);
  }

  private void write(List<Poison> poisons) throws Exception {
    List<RecordMetadata> places =
        pipeline.topics().write(poisons.stream().map(Poison::record).toList());
    for (int i = 0; i < places.size(); i++) {
      RecordMetadata place = places.get(i);
      expected.add(
          "%s %d %d %s"
              .formatted(
                  place.topic(), place.partition(), place.offset(), poisons.get(i).reason()));
    }
  }

  private Set<String> deadLetters() throws Exception {
    Set<String> letters = new TreeSet<>();
    for (DeadLetter each : pipeline.topics().read(Topic.DEAD_LETTERS, Codecs.DEAD_LETTERS)) {
      letters.add(
          "%s %d %d %s".formatted(each.topic(), each.partition(), each.offset(), each.reason()));
    }
    return letters;
  }
}
