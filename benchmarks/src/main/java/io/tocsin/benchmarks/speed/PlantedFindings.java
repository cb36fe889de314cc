// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.telemetry.Labels;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the findings that were written since this was made. */
final class PlantedFindings {
  private static final TopicPartition FINDINGS = new TopicPartition(Topic.FINDINGS.topicName(), 0);

  /** The last findings are on their way when their samples have been counted. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(200);

  /** What deviated by chance a moment before resumes its finding, whose onset is that moment. */
  private static final long RESUMED_MILLIS = EpisodeSettings.DEFAULTS.refractory().toMillis();

  private final Workload workload;
  private final long from;

  /**
   * What was found.
   *
   * @param planted how many of the broken series, with their onset
   * @param others how many series that were not broken, strongly
   */
  record Found(int planted, int others) {}

  PlantedFindings(Workload workload) {
    this.workload = workload;
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      from = consumer.endOffsets(List.of(FINDINGS)).values().iterator().next();
    }
  }

  /** Reads until all broken series are found, but not for long. */
  Found read() throws Exception {
    Set<Labels> planted = new HashSet<>();
    Set<Labels> others = new HashSet<>();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(FINDINGS));
      consumer.seek(FINDINGS, from);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (planted.size() < workload.broken().size() && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          sort(Codecs.FINDINGS.decode(record.value()).finding(), planted, others);
        }
      }
    }
    return new Found(planted.size(), others.size());
  }

  private void sort(@Nullable Finding finding, Set<Labels> planted, Set<Labels> others) {
    if (finding == null || !finding.strong()) {
      return;
    }
    if (!workload.broken().contains(finding.labels())) {
      others.add(finding.labels());
    } else if (Math.abs(finding.onset() - workload.brokenFrom()) <= RESUMED_MILLIS) {
      planted.add(finding.labels());
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", workload.bootstrapServers()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
