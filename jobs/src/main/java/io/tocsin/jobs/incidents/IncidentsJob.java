// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.environment.Configurations;
import io.tocsin.jobs.environment.JobEnvironment;
import io.tocsin.jobs.kafka.JobTopics;
import io.tocsin.jobs.kafka.KafkaEnds;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.jobs.serialization.Circumstance;
import io.tocsin.jobs.serialization.CodecDeserializationSchema;
import io.tocsin.jobs.serialization.Decoded;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.jobs.serialization.SetAside;
import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.Alert;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.topology.TopologyRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Findings, changes, calls and feedback in, incidents and alerts out. */
public final class IncidentsJob {
  /** Uids of the operators; state is found by them, so they never change. */
  static final String FINDINGS = "incidents-findings";

  static final String CHANGES = "incidents-changes";
  static final String TOPOLOGY = "incidents-topology";
  static final String CONTROL = "incidents-control";
  static final String READABLE_FINDINGS = "incidents-readable-findings";
  static final String READABLE_CHANGES = "incidents-readable-changes";
  static final String READABLE_TOPOLOGY = "incidents-readable-topology";
  static final String READABLE_CONTROL = "incidents-readable-control";
  static final String OF_CHANGES = "incidents-of-changes";
  static final String OF_TOPOLOGY = "incidents-of-topology";
  static final String OF_CONTROL = "incidents-of-control";
  static final String PER_CLUSTER = "incidents-per-cluster";
  static final String GROUP = "incidents-group";
  static final String INCIDENTS = "incidents-incidents";
  static final String ALERTS = "incidents-alerts";
  static final String ALERTMANAGERS = "incidents-alertmanagers";
  static final String DEAD_LETTERS = "incidents-dead-letters";

  private IncidentsJob() {}

  /**
   * What the job reads.
   *
   * @param findings and marks of progress
   * @param changes what was changed
   * @param topology who calls whom, and who owns what
   * @param feedback what people say of incidents
   */
  record Inputs(
      DataStream<Decoded<FindingsRecord>> findings,
      DataStream<Decoded<Change>> changes,
      DataStream<Decoded<TopologyRecord>> topology,
      DataStream<Decoded<Feedback>> feedback) {}

  /**
   * What the job makes of its input.
   *
   * @param incidents transitions
   * @param alerts the alert of each transition
   * @param repetitions alerts that must be sent again
   * @param deadLetters what could not be read
   */
  record Outputs(
      DataStream<Incident> incidents,
      DataStream<Alert> alerts,
      DataStream<Alert> repetitions,
      DataStream<DeadLetter> deadLetters) {}

  /** Ties the job to Kafka and to the Alertmanagers. */
  public static void define(StreamExecutionEnvironment env, IncidentsSettings settings) {
    JobEnvironment.prepare(env, settings.checkpointInterval());
    Outputs outputs = group(read(env, settings), settings);
    sink(outputs.incidents(), settings, Topic.INCIDENTS, RecordType.INCIDENTS, INCIDENTS);
    sink(outputs.alerts(), settings, Topic.ALERTS, RecordType.ALERTS, ALERTS);
    sink(
        outputs.deadLetters(), settings, Topic.DEAD_LETTERS, RecordType.DEAD_LETTERS, DEAD_LETTERS);
    if (!settings.alertmanagers().isEmpty()) {
      outputs
          .alerts()
          .union(outputs.repetitions())
          .sinkTo(new AlertmanagerSink(settings))
          .setParallelism(1)
          .uid(ALERTMANAGERS)
          .name(ALERTMANAGERS);
    }
  }

  private static Inputs read(StreamExecutionEnvironment env, IncidentsSettings settings) {
    KafkaSettings kafka = settings.kafka();
    return new Inputs(
        source(
            env,
            KafkaEnds.source(kafka, Topic.FINDINGS, schema(RecordType.FINDINGS)),
            ProgressWatermarks.strategy(),
            FINDINGS),
        source(
            env,
            KafkaEnds.source(kafka, Topic.CHANGES, schema(RecordType.CHANGES)),
            Timeless.strategy(),
            CHANGES),
        source(
            env,
            KafkaEnds.compacted(kafka, Topic.TOPOLOGY, schema(RecordType.TOPOLOGY)),
            Timeless.strategy(),
            TOPOLOGY),
        source(
            env,
            KafkaEnds.compacted(kafka, Topic.CONTROL, schema(RecordType.FEEDBACK)),
            Timeless.strategy(),
            CONTROL));
  }

  private static <T> CodecDeserializationSchema<T> schema(RecordType<T> type) {
    return new CodecDeserializationSchema<>(type);
  }

  private static <T> DataStream<Decoded<T>> source(
      StreamExecutionEnvironment env,
      KafkaSource<Decoded<T>> source,
      WatermarkStrategy<Decoded<T>> watermarks,
      String uid) {
    return env.fromSource(source, watermarks, uid).setParallelism(1).uid(uid);
  }

  private static <T> void sink(
      DataStream<T> stream,
      IncidentsSettings settings,
      Topic topic,
      RecordType<T> type,
      String uid) {
    stream
        .sinkTo(KafkaEnds.sink(settings.kafka(), topic, type))
        .setParallelism(1)
        .uid(uid)
        .name(uid);
  }

  /** The job itself: a function from findings, and what is beside them, to incidents and alerts. */
  static Outputs group(Inputs inputs, IncidentsSettings settings) {
    SingleOutputStreamOperator<FindingsRecord> findings =
        readable(inputs.findings(), Topic.FINDINGS, RecordType.FINDINGS, READABLE_FINDINGS);
    SingleOutputStreamOperator<Change> changes =
        readable(inputs.changes(), Topic.CHANGES, RecordType.CHANGES, READABLE_CHANGES);
    SingleOutputStreamOperator<TopologyRecord> topology =
        readable(inputs.topology(), Topic.TOPOLOGY, RecordType.TOPOLOGY, READABLE_TOPOLOGY);
    SingleOutputStreamOperator<Feedback> feedback =
        readable(inputs.feedback(), Topic.CONTROL, RecordType.FEEDBACK, READABLE_CONTROL);
    SingleOutputStreamOperator<Incident> incidents =
        findings
            .flatMap(new PerCluster(), RecordType.FINDINGS.typeInformation())
            .setParallelism(1)
            .uid(PER_CLUSTER)
            .name(PER_CLUSTER)
            .keyBy(PerCluster::cluster, Types.STRING)
            .connect(
                circumstances(changes, Circumstance::of, OF_CHANGES)
                    .union(
                        circumstances(topology, Circumstance::of, OF_TOPOLOGY),
                        circumstances(feedback, Circumstance::of, OF_CONTROL))
                    .broadcast(RecentChanges.STATE, KnownTopology.STATE, KnownFeedback.STATE))
            .process(new GroupFindings(settings), RecordType.INCIDENTS.typeInformation())
            .uid(GROUP)
            .name(GROUP);
    return new Outputs(
        incidents,
        incidents.getSideOutput(GroupFindings.ALERTS),
        incidents.getSideOutput(GroupFindings.REPETITIONS),
        findings
            .getSideOutput(SetAside.DEAD_LETTERS)
            .union(
                changes.getSideOutput(SetAside.DEAD_LETTERS),
                topology.getSideOutput(SetAside.DEAD_LETTERS),
                feedback.getSideOutput(SetAside.DEAD_LETTERS)));
  }

  private static <T> DataStream<Circumstance> circumstances(
      DataStream<T> stream, MapFunction<T, Circumstance> mapping, String uid) {
    return stream
        .map(mapping)
        .returns(RecordType.CIRCUMSTANCES.typeInformation())
        .setParallelism(1)
        .uid(uid)
        .name(uid);
  }

  private static <T> SingleOutputStreamOperator<T> readable(
      DataStream<Decoded<T>> records, Topic topic, RecordType<T> type, String uid) {
    return records
        .process(new SetAside<T>(topic.topicName()), type.typeInformation())
        .setParallelism(1)
        .uid(uid)
        .name(uid);
  }

  /** Runs the job with the configuration file that its arguments name. */
  public static void main(String[] args) throws Exception {
    IncidentsSettings settings =
        Configurations.read(args, IncidentsSettings.class, IncidentsSettings.DEFAULTS);
    JobTopics.ensure(
        settings.kafka(),
        Topic.FINDINGS,
        Topic.CHANGES,
        Topic.TOPOLOGY,
        Topic.CONTROL,
        Topic.INCIDENTS,
        Topic.ALERTS,
        Topic.DEAD_LETTERS);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(env, settings);
    env.execute("tocsin-incidents");
  }
}
