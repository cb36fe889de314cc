// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.jobs.environment.JobEnvironment;
import io.tocsin.jobs.serialization.Decoded;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.Departure;
import io.tocsin.models.incidents.Deviation;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.IncidentSettings;
import io.tocsin.models.incidents.Inquiry;
import io.tocsin.models.incidents.Subjects;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.incidents.SuspectOrder;
import io.tocsin.models.incidents.SuspectRanking;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.SeenEdge;
import io.tocsin.models.topology.Topology;
import io.tocsin.models.topology.TopologyRecord;
import io.tocsin.models.topology.TopologySettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class IncidentsJobTest {
  private static final DeadLetter LETTER =
      new DeadLetter("findings", 0, 7, 5, "not_avro", "?", ByteBuffer.wrap(new byte[] {1}));

  private static final TopologyRecord EDGE =
      TopologyRecord.of(
          new SeenEdge(
              new CallEdge(Findings.service("", "nobody"), Findings.service("", "either")),
              Findings.START));

  private static final Feedback FEEDBACK =
      new Feedback(
          "i", Feedback.Kind.NOISE, Findings.service("", "either"), "m", Findings.START, "", "");

  @Test
  void twoSubtasksTellTheSameAsOne() throws Exception {
    List<Incident> expected = incidents(1);
    assertThat(expected.size()).isGreaterThan(6);
    assertThat(incidents(2)).isEqualTo(expected);
  }

  @Test
  void suspectsAreInTheOrderOfTheRankingThatCanBeAskedByHand() throws Exception {
    for (List<Finding> story : Findings.failures()) {
      List<Incident> told = told(story);
      List<Suspect> before = told.size() < 2 ? List.of() : told.get(told.size() - 2).suspects();
      assertThat(names(told.get(told.size() - 1).suspects()))
          .isNotEmpty()
          .isEqualTo(names(byHand(story, before)));
    }
  }

  private static List<Incident> told(List<Finding> story) throws Exception {
    List<FindingsRecord> records = new ArrayList<>();
    story.forEach(finding -> records.add(FindingsRecord.of(finding)));
    for (long second = 0; second <= 120; second += 10) {
      records.add(Findings.progress(second));
    }
    records.sort(Comparator.comparingLong(FindingsRecord::time));
    return collected(outputs(1, records).incidents());
  }

  /** As {@code ./tocsin evaluate causes} asks it. */
  private static List<Suspect> byHand(List<Finding> story, List<Suspect> before) {
    SuspectRanking ranking = new SuspectRanking(IncidentSettings.DEFAULTS);
    List<Departure> departures =
        story.stream().map(finding -> Deviation.of(finding).departure()).toList();
    Inquiry.Felt felt = Inquiry.Felt.DELAY;
    Topology nobody = new Topology(TopologySettings.DEFAULTS);
    List<Change> changes = List.of(Findings.change(0));
    Inquiry inquiry = new Inquiry(felt, departures, nobody, changes);
    List<Suspect> ranked = ranking.rank(inquiry, new Subjects());
    return ranking.standingOut(SuspectOrder.settled(before, ranked));
  }

  private static List<String> names(List<Suspect> suspects) {
    return suspects.stream().map(suspect -> suspect.entity().subject()).toList();
  }

  @Test
  void whatCannotBeReadIsSetAsideAndTheJobGoesOn() throws Exception {
    assertThat(collected(outputs(1).deadLetters())).containsExactly(LETTER);
  }

  @Test
  void everyOperatorHasUidAndNameAndNoTypeIsGeneric() {
    IncidentsSettings defaults = IncidentsSettings.DEFAULTS;
    IncidentsSettings settings =
        new IncidentsSettings(
            defaults.kafka(),
            defaults.incidents(),
            defaults.calls(),
            defaults.owners(),
            List.of(AlertmanagerAddress.of("http://localhost:9093")),
            defaults.resendInterval(),
            true,
            "",
            defaults.checkpointInterval());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    IncidentsJob.define(env, settings);
    StreamGraph graph = env.getStreamGraph(false);
    assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(graph.getStreamNodes())
        .hasSizeGreaterThan(8)
        .allSatisfy(
            node -> {
              assertThat(node.getTransformationUID()).contains("incidents-");
              assertThat(node.getOperatorName()).contains("incidents-");
            });
    assertThat(graph.getStreamNodes()).extracting(StreamNode::getMaxParallelism).contains(128);
  }

  private static <T> DataStream<Decoded<T>> timeless(
      StreamExecutionEnvironment env, List<Decoded<T>> records, RecordType<T> type) {
    return env.fromData(records, type.decoded().typeInformation())
        .setParallelism(1)
        .assignTimestampsAndWatermarks(Timeless.strategy())
        .setParallelism(1);
  }

  private static List<Incident> incidents(int parallelism) throws Exception {
    List<Incident> incidents = collected(outputs(parallelism).incidents());
    incidents.sort(
        Comparator.comparing((Incident incident) -> incident.entity().cluster())
            .thenComparing(Incident::time));
    return incidents;
  }

  @SuppressWarnings("try") // closing may be interrupted, and then the test fails
  private static <T> List<T> collected(DataStream<T> stream) throws Exception {
    List<T> records = new ArrayList<>();
    try (CloseableIterator<T> all = stream.executeAndCollect()) {
      all.forEachRemaining(records::add);
    }
    return records;
  }

  private static IncidentsJob.Outputs outputs(int parallelism) {
    return outputs(parallelism, Findings.story(5, 1));
  }

  private static IncidentsJob.Outputs outputs(int parallelism, List<FindingsRecord> story) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism);
    JobEnvironment.prepare(env, Duration.ofMinutes(1));
    List<Decoded<FindingsRecord>> records = new ArrayList<>();
    records.add(new Decoded<>(null, LETTER));
    story.forEach(record -> records.add(new Decoded<>(record, null)));
    DataStream<Decoded<FindingsRecord>> findings =
        env.fromData(records, RecordType.FINDINGS.decoded().typeInformation())
            .setParallelism(1)
            .assignTimestampsAndWatermarks(ProgressWatermarks.strategy())
            .setParallelism(1);
    DataStream<Decoded<Change>> changes =
        timeless(env, List.of(new Decoded<>(Findings.change(0), null)), RecordType.CHANGES);
    DataStream<Decoded<TopologyRecord>> topology =
        timeless(env, List.of(new Decoded<>(EDGE, null)), RecordType.TOPOLOGY);
    DataStream<Decoded<Feedback>> feedback =
        timeless(env, List.of(new Decoded<>(FEEDBACK, null)), RecordType.FEEDBACK);
    return IncidentsJob.group(
        new IncidentsJob.Inputs(findings, changes, topology, feedback), IncidentsSettings.DEFAULTS);
  }
}
