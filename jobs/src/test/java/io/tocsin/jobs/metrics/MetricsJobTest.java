// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
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

final class MetricsJobTest {
  private static final int SERVICES = 10;
  private static final int MOST_RECORDS = 1_000_000;
  private static final Bodies.Fault FAULT = new Bodies.Fault(3, 200, 220);

  @Test
  void aBrokenServiceIsFoundAndNothingElse() throws Exception {
    List<Finding> findings = findings(run(1));

    Set<String> services =
        findings.stream()
            .filter(Finding::strong)
            .map(finding -> finding.entity().service())
            .collect(Collectors.toSet());
    assertThat(services).containsExactly("service-3");
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.labels().get("code")).isEqualTo("500");
              assertThat(finding.direction()).isEqualTo(Direction.UP);
              assertThat(finding.onset()).isEqualTo(Bodies.START + 200 * Bodies.STEP);
              assertThat(finding.strong()).isTrue();
            });
  }

  @Test
  void twoSubtasksFindTheSameAsOne() throws Exception {
    assertThat(texts(findings(run(2)))).isEqualTo(texts(findings(run(1))));
  }

  @Test
  void progressRisesAndFollowsTheFindingsItSpeaksOf() throws Exception {
    long said = Long.MIN_VALUE;
    Set<String> watched = new TreeSet<>();
    for (FindingsRecord record : run(2)) {
      Progress progress = record.progress();
      Finding finding = record.finding();
      if (progress != null) {
        assertThat(progress.time()).isGreaterThanOrEqualTo(said);
        said = progress.time();
        progress.watched().forEach(entity -> watched.add(entity.service()));
      } else if (finding != null) {
        assertThat(finding.arrival()).isGreaterThan(said);
      }
    }
    assertThat(watched).hasSize(SERVICES);
  }

  @Test
  void everyOperatorHasUidAndNameAndNoTypeIsGeneric() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    MetricsJob.define(env, MetricsSettings.DEFAULTS);
    StreamGraph graph = env.getStreamGraph(false);

    assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(graph.getStreamNodes())
        .isNotEmpty()
        .allSatisfy(
            node -> {
              assertThat(node.getTransformationUID()).contains("metrics-");
              assertThat(node.getOperatorName()).contains("metrics-");
            });
    assertThat(graph.getStreamNodes()).extracting(StreamNode::getMaxParallelism).contains(128);
  }

  private static List<FindingsRecord> run(int parallelism) throws Exception {
    MetricsSettings settings = MetricsSettings.DEFAULTS;
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism);
    settings.applyTo(env);
    List<byte[]> bodies = new Bodies(SERVICES, 7).scrapes(300, FAULT);
    DataStream<ShardBatch> batches =
        env.fromData(Bodies.batches(bodies), ShardBatchSerializer.typeInformation())
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                BatchTimes.strategy(settings.lateness(), settings.idleness()))
            .setParallelism(1);
    return MetricsJob.score(batches, settings).findings().executeAndCollect(MOST_RECORDS);
  }

  private static List<Finding> findings(List<FindingsRecord> records) {
    return records.stream().map(FindingsRecord::finding).filter(Objects::nonNull).toList();
  }

  private static Set<String> texts(List<Finding> findings) {
    return findings.stream().map(Finding::toString).collect(Collectors.toCollection(TreeSet::new));
  }
}
