// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.environment.Configurations;
import io.tocsin.jobs.environment.JobEnvironment;
import io.tocsin.jobs.kafka.JobTopics;
import io.tocsin.jobs.kafka.KafkaEnds;
import io.tocsin.jobs.serialization.CodecDeserializationSchema;
import io.tocsin.jobs.serialization.Decoded;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.jobs.serialization.SetAside;
import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.Alert;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.telemetry.DeadLetter;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Findings and changes in, incidents and alerts out. */
public final class IncidentsJob {
  /** Uids of the operators; state is found by them, so they never change. */
  static final String FINDINGS = "incidents-findings";

  static final String CHANGES = "incidents-changes";
  static final String READABLE_FINDINGS = "incidents-readable-findings";
  static final String READABLE_CHANGES = "incidents-readable-changes";
  static final String PER_CLUSTER = "incidents-per-cluster";
  static final String GROUP = "incidents-group";
  static final String INCIDENTS = "incidents-incidents";
  static final String ALERTS = "incidents-alerts";
  static final String ALERTMANAGERS = "incidents-alertmanagers";
  static final String DEAD_LETTERS = "incidents-dead-letters";

  private IncidentsJob() {}

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
    Outputs outputs =
        group(
            source(
                env,
                settings,
                Topic.FINDINGS,
                RecordType.FINDINGS,
                ProgressWatermarks.strategy(),
                FINDINGS),
            source(env, settings, Topic.CHANGES, RecordType.CHANGES, Timeless.strategy(), CHANGES),
            settings);
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

  private static <T> DataStream<Decoded<T>> source(
      StreamExecutionEnvironment env,
      IncidentsSettings settings,
      Topic topic,
      RecordType<T> type,
      WatermarkStrategy<Decoded<T>> watermarks,
      String uid) {
    return env.fromSource(
            KafkaEnds.source(settings.kafka(), topic, new CodecDeserializationSchema<>(type)),
            watermarks,
            uid)
        .setParallelism(1)
        .uid(uid);
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

  /** The job itself: a function from findings and changes to incidents and alerts. */
  static Outputs group(
      DataStream<Decoded<FindingsRecord>> findings,
      DataStream<Decoded<Change>> changes,
      IncidentsSettings settings) {
    SingleOutputStreamOperator<FindingsRecord> readableFindings =
        readable(findings, RecordType.FINDINGS, READABLE_FINDINGS);
    SingleOutputStreamOperator<Change> readableChanges =
        readable(changes, RecordType.CHANGES, READABLE_CHANGES);
    SingleOutputStreamOperator<Incident> incidents =
        readableFindings
            .flatMap(new PerCluster(), RecordType.FINDINGS.typeInformation())
            .setParallelism(1)
            .uid(PER_CLUSTER)
            .name(PER_CLUSTER)
            .keyBy(PerCluster::cluster, Types.STRING)
            .connect(readableChanges.broadcast(RecentChanges.STATE))
            .process(new GroupFindings(settings), RecordType.INCIDENTS.typeInformation())
            .uid(GROUP)
            .name(GROUP);
    return new Outputs(
        incidents,
        incidents.getSideOutput(GroupFindings.ALERTS),
        incidents.getSideOutput(GroupFindings.REPETITIONS),
        readableFindings
            .getSideOutput(SetAside.DEAD_LETTERS)
            .union(readableChanges.getSideOutput(SetAside.DEAD_LETTERS)));
  }

  private static <T> SingleOutputStreamOperator<T> readable(
      DataStream<Decoded<T>> records, RecordType<T> type, String uid) {
    return records
        .process(new SetAside<T>(), type.typeInformation())
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
        Topic.INCIDENTS,
        Topic.ALERTS,
        Topic.DEAD_LETTERS);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(env, settings);
    env.execute("tocsin-incidents");
  }
}
