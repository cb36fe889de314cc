// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.jobs.metrics.MetricsJob;
import io.tocsin.jobs.metrics.MetricsSettings;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept in the topic of metrics is scored again from an earlier point. */
final class EarlierStartIT {
  private static final int SERVICES = 4;
  private static final int SCRAPES = 240;
  private static final Duration CHECKPOINTS = Duration.ofMillis(300);
  private static final List<Fleet.Fault> FAULTS =
      List.of(new Fleet.Fault(1, 100, 120, false), new Fleet.Fault(2, 200, 220, false));

  @TempDir static Path directory;

  private static Pipeline pipeline;
  private static int runs;

  @BeforeAll
  static void fillTheTopic() throws Exception {
    pipeline = new Pipeline(directory, 1);
    pipeline.topics().write(new Fleet(0, SERVICES, FAULTS).scrapes(SCRAPES));
  }

  @AfterAll
  static void stopPipeline() {
    if (pipeline != null) {
      pipeline.close();
    }
  }

  @Test
  void aGroupThatHasReadAllReadsAllAgainFromTheEarliest() throws Exception {
    Set<String> first = found("group", KafkaSettings.COMMITTED, null);
    assertThat(first).containsExactlyInAnyOrder("service-1", "service-2");
    assertThat(found("group", KafkaSettings.COMMITTED, null)).isEmpty();
    assertThat(found("group", KafkaSettings.EARLIEST, null)).isEqualTo(first);
  }

  @Test
  void whatArrivedBeforeATimeIsLearnedAndNotTold() throws Exception {
    assertThat(found("learns", KafkaSettings.EARLIEST, at(150))).containsExactly("service-2");
  }

  @Test
  void whatArrivedBeforeTheStartIsNotRead() throws Exception {
    // Without what came before, the second fault is over before the usual is known.
    assertThat(found("late", at(198).toString(), null)).isEmpty();
    assertThat(found("early", at(110).toString(), null)).contains("service-2");
  }

  private static Instant at(int scrape) {
    return Instant.ofEpochMilli(Fleet.START + scrape * Fleet.STEP_MILLIS);
  }

  /** The services of which a job tells strong findings when it is started anew. */
  private static Set<String> found(String group, String start, Instant learnUntil)
      throws Exception {
    int told = findings().size();
    MetricsSettings usual = pipeline.metricsSettings(group, CHECKPOINTS);
    MetricsSettings settings =
        new MetricsSettings(
            new KafkaSettings(pipeline.bootstrapServers(), group, start, Map.of()),
            usual.limits(),
            usual.metrics(),
            usual.entities(),
            usual.series(),
            usual.band(),
            usual.episodes(),
            usual.together(),
            usual.bands(),
            usual.lateness(),
            usual.idleness(),
            learnUntil,
            usual.checkpointInterval(),
            usual.coreHourUsd());
    // Another name for each run, so that none goes on from a checkpoint of the one before.
    JobID job = pipeline.start("run-" + runs++, 1, env -> MetricsJob.define(env, settings));
    pipeline.awaitCheckpoints(job, 3);
    pipeline.topics().awaitConsumed(group, Topic.METRICS);
    pipeline.cancel(job);
    List<Finding> findings = findings();
    return findings.subList(told, findings.size()).stream()
        .filter(Finding::strong)
        .map(finding -> finding.entity().service())
        .collect(Collectors.toSet());
  }

  private static List<Finding> findings() throws Exception {
    return pipeline.topics().read(Topic.FINDINGS, Codecs.FINDINGS).stream()
        .map(FindingsRecord::finding)
        .filter(Objects::nonNull)
        .toList();
  }
}
