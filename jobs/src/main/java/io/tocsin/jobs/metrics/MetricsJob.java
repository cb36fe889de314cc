// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.environment.Configurations;
import io.tocsin.jobs.kafka.JobTopics;
import io.tocsin.jobs.kafka.KafkaEnds;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.topology.TopologyRecord;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Remote-write bodies in; findings, calls, owners and changes out. */
public final class MetricsJob {
  /** Uids of the operators; state is found by them, so they never change. */
  static final String BODIES = "metrics-bodies";

  static final String READABLE = "metrics-readable";
  static final String SCORE = "metrics-score";
  static final String BUNDLE = "metrics-bundle";
  static final String ENTITIES = "metrics-entities";
  static final String COLLATE = "metrics-collate";
  static final String FINDINGS = "metrics-findings";
  static final String DEAD_LETTERS = "metrics-dead-letters";
  static final String BANDS = "metrics-bands";
  static final String EDGES = "metrics-edges";
  static final String TOPOLOGY = "metrics-topology";
  static final String DERIVE = "metrics-derive-changes";
  static final String CHANGES = "metrics-changes";

  private static final EntityStage.Uids UIDS =
      new EntityStage.Uids(BUNDLE, ENTITIES, COLLATE, CollateFindings.METRICS);

  private MetricsJob() {}

  /**
   * What the job makes of its input.
   *
   * @param topology calls between services and links between objects, as series tell of them
   * @param changes what kube-state-metrics shows to have been changed
   */
  record Outputs(
      SingleOutputStreamOperator<FindingsRecord> findings,
      DataStream<DeadLetter> deadLetters,
      DataStream<BandPoint> bands,
      DataStream<TopologyRecord> topology,
      DataStream<Change> changes) {}

  /** Ties the job to Kafka, and to Prometheus when bands are wanted. */
  public static void define(StreamExecutionEnvironment env, MetricsSettings settings) {
    write(score(read(env, settings), settings), settings);
  }

  /** Where batches come from. */
  static DataStream<ShardBatch> read(StreamExecutionEnvironment env, MetricsSettings settings) {
    settings.applyTo(env);
    DataStreamSource<ShardBatch> bodies =
        env.fromSource(
            KafkaEnds.source(
                settings.kafka(), Topic.METRICS, new BodyDeserializationSchema(settings.limits())),
            BatchTimes.strategy(settings.lateness(), settings.idleness()),
            BODIES);
    return bodies.uid(BODIES);
  }

  /** Where all goes that is made of them. */
  static void write(Outputs outputs, MetricsSettings settings) {
    write(outputs.findings(), settings, Topic.FINDINGS, RecordType.FINDINGS, FINDINGS);
    write(
        outputs.deadLetters(), settings, Topic.DEAD_LETTERS, RecordType.DEAD_LETTERS, DEAD_LETTERS);
    write(outputs.topology(), settings, Topic.TOPOLOGY, RecordType.TOPOLOGY, TOPOLOGY);
    write(outputs.changes(), settings, Topic.CHANGES, RecordType.CHANGES, CHANGES);
    if (settings.bands() != null) {
      outputs
          .bands()
          .sinkTo(
              new RemoteWriteSink<BandPoint>(
                  settings.bands(), "tocsin_band_samples", BandPoint::offer))
          .uid(BANDS)
          .name(BANDS);
    }
  }

  private static <T> void write(
      DataStream<T> stream, MetricsSettings settings, Topic topic, RecordType<T> type, String uid) {
    stream
        .sinkTo(KafkaEnds.sink(settings.kafka(), topic, type))
        .setParallelism(1)
        .uid(uid)
        .name(uid);
  }

  /** The job itself: a function from batches to findings. */
  static Outputs score(DataStream<ShardBatch> bodies, MetricsSettings settings) {
    SingleOutputStreamOperator<ShardBatch> readable =
        bodies
            .process(new SetUnreadableAside(), ShardBatchSerializer.typeInformation())
            // As many as there are sources: a rebalance here would mix up the order of a series.
            .setParallelism(bodies.getParallelism())
            .uid(READABLE)
            .name(READABLE);
    SingleOutputStreamOperator<FindingsRecord> scored =
        readable
            .keyBy(batch -> Shards.key(batch.shard()), Types.INT)
            .process(new ScoreSeries(settings), RecordType.FINDINGS.typeInformation())
            .uid(SCORE)
            .name(SCORE);
    EntityStage stage = new EntityStage(UIDS, settings.watch());
    SingleOutputStreamOperator<FindingsRecord> findings =
        stage.collate(stage.together(scored, scored.getSideOutput(ScoreSeries.ENTRIES)));
    return new Outputs(
        findings,
        readable.getSideOutput(SetUnreadableAside.UNREADABLE),
        scored.getSideOutput(ScoreSeries.BANDS),
        topology(scored),
        changes(scored));
  }

  private static DataStream<TopologyRecord> topology(
      SingleOutputStreamOperator<FindingsRecord> scored) {
    return scored
        .getSideOutput(ScoreSeries.TOPOLOGY)
        .process(new TellTopology(), RecordType.TOPOLOGY.typeInformation())
        .setParallelism(1)
        .uid(EDGES)
        .name(EDGES);
  }

  private static DataStream<Change> changes(SingleOutputStreamOperator<FindingsRecord> scored) {
    return scored
        .getSideOutput(ScoreSeries.FACTS)
        .keyBy(DeriveChanges::key, Types.STRING)
        .process(new DeriveChanges(), RecordType.CHANGES.typeInformation())
        .uid(DERIVE)
        .name(DERIVE);
  }

  /** Runs the job with the configuration file that its arguments name. */
  public static void main(String[] args) throws Exception {
    MetricsSettings settings =
        Configurations.read(args, MetricsSettings.class, MetricsSettings.DEFAULTS);
    JobTopics.ensure(
        settings.kafka(),
        Topic.METRICS,
        Topic.FINDINGS,
        Topic.TOPOLOGY,
        Topic.CHANGES,
        Topic.DEAD_LETTERS);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(env, settings);
    env.execute("tocsin-metrics");
  }
}
