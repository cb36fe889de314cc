// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.shop.Fault;
import io.tocsin.jobs.shop.FaultKind;
import io.tocsin.jobs.shop.LogSender;
import io.tocsin.jobs.shop.Shop;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.findings.Progress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

final class LogsJobTest {
  private static final long START = 1_790_000_000_000L - 1_790_000_000_000L % 15_000;
  private static final long STEP = 15_000;
  private static final int STEPS = 300;
  private static final int MOST_RECORDS = 1_000_000;
  private static final long FAULT = START + 270 * STEP;
  private static final long END = START + STEPS * STEP;

  @Test
  void errorsOfWhichOnlyTheLogTellsAreFoundAndNothingElseIs() throws Exception {
    // After the end of the input all services are silent, which is another matter.
    List<Finding> strong =
        findings(runOfOne()).stream()
            .filter(finding -> finding.strong() && finding.time() <= END)
            .toList();

    assertThat(strong).isNotEmpty();
    assertThat(strong).extracting(finding -> finding.entity().service()).containsOnly("payments");
    Finding first = strong.get(0);
    LogEvidence log = Objects.requireNonNull(first.log());
    assertThat(first.detector()).isEqualTo("new-pattern");
    assertThat(first.onset()).isBetween(FAULT, FAULT + 2 * STEP);
    assertThat(log.template()).startsWith("ERROR Cannot write audit entry of order <*>");
    assertThat(log.sample()).contains("audit-db");
    assertThat(log.level()).isEqualTo("error");
  }

  @Test
  void twoSubtasksFindTheSameAsOne() throws Exception {
    assertThat(texts(findings(run(2)))).isEqualTo(texts(findings(runOfOne())));
  }

  @Test
  void progressRisesAndFollowsTheFindingsItSpeaksOf() throws Exception {
    long said = Long.MIN_VALUE;
    Set<String> watched = new TreeSet<>();
    for (FindingsRecord record : runOfOne()) {
      Progress progress = record.progress();
      Finding finding = record.finding();
      if (progress != null) {
        assertThat(progress.source()).isEqualTo("logs");
        assertThat(progress.time()).isGreaterThanOrEqualTo(said);
        said = progress.time();
        progress.watched().forEach(entity -> watched.add(entity.service()));
      } else if (finding != null) {
        assertThat(finding.arrival()).isGreaterThan(said);
      }
    }
    assertThat(watched).hasSize(12);
  }

  @Test
  void everyOperatorHasUidAndNameAndNoTypeIsGeneric() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    LogsJob.define(env, LogsSettings.DEFAULTS);
    StreamGraph graph = env.getStreamGraph(false);

    assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(graph.getStreamNodes())
        .isNotEmpty()
        .allSatisfy(
            node -> {
              assertThat(node.getTransformationUID()).contains("logs-");
              assertThat(node.getOperatorName()).contains("logs-");
            });
    assertThat(graph.getStreamNodes()).extracting(StreamNode::getMaxParallelism).contains(128);
  }

  private static List<LogRecord> records = List.of();
  private static List<FindingsRecord> ofOne = List.of();

  /** The findings of one subtask; it is run once for all tests. */
  private static synchronized List<FindingsRecord> runOfOne() throws Exception {
    if (ofOne.isEmpty()) {
      ofOne = run(1);
    }
    return ofOne;
  }

  private static synchronized List<LogRecord> records() {
    if (records.isEmpty()) {
      records = write();
    }
    return records;
  }

  /** What the shop logs in an hour and a quarter; in the end payments loses its audit entries. */
  private static List<LogRecord> write() {
    List<LogRecord> records = new ArrayList<>();
    List<Fault> faults =
        List.of(new Fault("payments", FaultKind.LOG_ERRORS, FAULT, Long.MAX_VALUE));
    Shop shop = new Shop(1, START);
    LogSender sender =
        (pod, json, time) ->
            records.add(
                new LogRecord(
                    Topic.LOGS.topicName(),
                    0,
                    records.size(),
                    time,
                    json.getBytes(StandardCharsets.UTF_8)));
    for (int step = 1; step <= STEPS; step++) {
      shop.advance(START + step * STEP, faults);
      shop.log(STEP / 1000.0, faults, sender);
    }
    return records;
  }

  private static LogsSettings settings() {
    LogsSettings usual = LogsSettings.DEFAULTS;
    return new LogsSettings(
        usual.kafka(),
        List.of(LogInputSettings.of(Topic.LOGS.topicName(), LogFormat.FLUENT_BIT)),
        usual.lines(),
        usual.patterns(),
        usual.series(),
        usual.band(),
        usual.episodes(),
        usual.together(),
        usual.counts(),
        usual.lateness(),
        usual.idleness(),
        usual.learnUntil(),
        usual.checkpointInterval(),
        usual.coreHourUsd());
  }

  private static List<FindingsRecord> run(int parallelism) throws Exception {
    LogsSettings settings = settings();
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism);
    settings.applyTo(env);
    DataStream<LogRecord> records =
        env.fromData(records(), LogRecordSerializer.typeInformation())
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                LogTimes.strategy(settings.lateness(), settings.idleness()))
            .setParallelism(1);
    return LogsJob.score(records, settings).findings().executeAndCollect(MOST_RECORDS);
  }

  private static List<Finding> findings(List<FindingsRecord> records) {
    return records.stream().map(FindingsRecord::finding).filter(Objects::nonNull).toList();
  }

  private static Set<String> texts(List<Finding> findings) {
    return findings.stream().map(Finding::toString).collect(Collectors.toCollection(TreeSet::new));
  }
}
