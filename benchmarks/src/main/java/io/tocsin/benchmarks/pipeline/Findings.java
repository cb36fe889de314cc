// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.avro.UnreadableRecordException;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.telemetry.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the findings that were written since this was made. Not for several threads. */
final class Findings implements AutoCloseable {
  private static final TopicPartition FINDINGS = new TopicPartition(Topic.FINDINGS.topicName(), 0);

  private static final int MOST_NAMED = 3;
  private static final Duration POLL = Duration.ofMillis(200);

  /** What deviated by chance a moment before resumes its finding, whose onset is that moment. */
  private static final long RESUMED_MILLIS = EpisodeSettings.DEFAULTS.refractory().toMillis();

  private final Workload workload;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<Labels, Double> peaks = new HashMap<>();
  private final Set<Labels> planted = new HashSet<>();
  private final Set<Labels> others = new HashSet<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();

  /**
   * A strong finding as it was told.
   *
   * @param arrival of its newest sample, ms since the epoch
   * @param appended when Kafka took it
   */
  record Told(long arrival, long appended) {}

  /**
   * What the job says of its progress.
   *
   * @param time until which all findings have been told
   * @param appended when Kafka took it
   */
  record Mark(long time, long appended) {}

  Findings(Workload workload) {
    this.workload = workload;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", workload.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(FINDINGS));
    consumer.seekToEnd(List.of(FINDINGS));
    // Seeking is lazy: only this fixes where reading begins.
    consumer.position(FINDINGS);
  }

  /** Reads until all series that deviate by now are found, but no longer than this. */
  void awaitPlanted(Duration patience) throws UnreadableRecordException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (planted.size() < workload.broken().size() && System.nanoTime() < deadline) {
      read();
    }
  }

  /** Reads all that has been written by now. */
  void readRest() throws UnreadableRecordException {
    long end = consumer.endOffsets(List.of(FINDINGS)).values().iterator().next();
    while (consumer.position(FINDINGS) < end) {
      read();
    }
  }

  /** Reads what has been written meanwhile; waits a moment when there is nothing. */
  private void read() throws UnreadableRecordException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      FindingsRecord said = Codecs.FINDINGS.decode(record.value());
      Finding finding = said.finding();
      Progress progress = said.progress();
      if (finding != null) {
        peaks.merge(finding.labels(), finding.peak(), Math::max);
      }
      if (finding != null && finding.strong()) {
        told.add(new Told(finding.arrival(), record.timestamp()));
        sort(finding);
      } else if (progress != null) {
        marks.add(new Mark(progress.time(), record.timestamp()));
      }
    }
  }

  private void sort(Finding finding) {
    Long since = workload.broken().get(finding.labels());
    if (since == null) {
      others.add(finding.labels());
    } else if (Math.abs(finding.onset() - since) <= RESUMED_MILLIS) {
      planted.add(finding.labels());
    }
  }

  /** How many of the broken series were found, with their onset. */
  int planted() {
    return planted.size();
  }

  /** Some of the broken series that were not found, with the highest score that they had. */
  String missing() {
    return workload.broken().keySet().stream()
        .filter(series -> !planted.contains(series))
        .limit(MOST_NAMED)
        .map(series -> series + " (%.2f)".formatted(peaks.getOrDefault(series, 0.0)))
        .collect(Collectors.joining(", "));
  }

  /** How many series that were not broken were found, strongly. */
  int others() {
    return others.size();
  }

  List<Told> told() {
    return told;
  }

  List<Mark> marks() {
    return marks;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
