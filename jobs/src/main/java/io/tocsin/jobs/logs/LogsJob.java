// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.environment.Configurations;
import io.tocsin.jobs.kafka.JobTopics;
import io.tocsin.jobs.kafka.KafkaEnds;
import io.tocsin.jobs.metrics.EntityStage;
import io.tocsin.jobs.metrics.RemoteWriteSink;
import io.tocsin.jobs.metrics.Shards;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.logs.LogPattern;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.telemetry.Labels;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Log lines in, findings and patterns out. */
public final class LogsJob {
  /** The name under which the job speaks of its progress. */
  static final String SOURCE = "logs";

  /** Uids of the operators; state is found by them, so they never change. */
  static final String RECORDS = "logs-records";

  static final String DECODE = "logs-decode";
  static final String SCORE = "logs-score";
  static final String BUNDLE = "logs-bundle";
  static final String ENTITIES = "logs-entities";
  static final String COLLATE = "logs-collate";
  static final String FINDINGS = "logs-findings";
  static final String PATTERNS = "logs-patterns";
  static final String COUNTS = "logs-counts";
  static final String DEAD_LETTERS = "logs-dead-letters";

  private static final EntityStage.Uids UIDS =
      new EntityStage.Uids(BUNDLE, ENTITIES, COLLATE, SOURCE);

  private LogsJob() {}

  /** What the job makes of its input. */
  record Outputs(
      SingleOutputStreamOperator<FindingsRecord> findings,
      DataStream<LogPattern> patterns,
      DataStream<LineCount> counts,
      DataStream<DeadLetter> deadLetters) {}

  /** Ties the job to Kafka, and to Prometheus when counts are wanted. */
  public static void define(StreamExecutionEnvironment env, LogsSettings settings) {
    write(score(read(env, settings), settings), settings);
  }

  /** Where records come from. */
  static DataStream<LogRecord> read(StreamExecutionEnvironment env, LogsSettings settings) {
    settings.applyTo(env);
    return env.fromSource(
            KafkaEnds.source(settings.kafka(), settings.topics(), new LogRecordSchema()),
            LogTimes.strategy(settings.lateness(), settings.idleness()),
            RECORDS)
        .uid(RECORDS);
  }

  /** The job itself: a function from records to findings. */
  static Outputs score(DataStream<LogRecord> records, LogsSettings settings) {
    SingleOutputStreamOperator<LineBatch> lines =
        records
            .transform(
                DECODE, LineBatchSerializer.typeInformation(), new DecodeLines(settings.inputs()))
            // As many as there are sources: decoded where it is read.
            .setParallelism(records.getParallelism())
            .uid(DECODE)
            .name(DECODE);
    SingleOutputStreamOperator<FindingsRecord> scored =
        lines
            .keyBy(batch -> Shards.key(batch.shard()), Types.INT)
            .process(new ScoreLines(settings), RecordType.FINDINGS.typeInformation())
            .uid(SCORE)
            .name(SCORE);
    EntityStage stage = new EntityStage(UIDS, settings.watch());
    return new Outputs(
        stage.collate(
            stage
                .together(scored, scored.getSideOutput(ScoreLines.ENTRIES))
                .union(scored.getSideOutput(ScoreLines.NOVELTIES))),
        scored.getSideOutput(ScoreLines.PATTERNS),
        scored.getSideOutput(ScoreLines.COUNTS),
        lines.getSideOutput(DecodeLines.UNREADABLE));
  }

  /** Where all goes that is made of them. */
  static void write(Outputs outputs, LogsSettings settings) {
    outputs
        .findings()
        .sinkTo(KafkaEnds.sink(settings.kafka(), Topic.FINDINGS, RecordType.FINDINGS))
        .setParallelism(1)
        .uid(FINDINGS)
        .name(FINDINGS);
    outputs
        .patterns()
        .sinkTo(KafkaEnds.sink(settings.kafka(), Topic.PATTERNS, RecordType.PATTERNS))
        .uid(PATTERNS)
        .name(PATTERNS);
    outputs
        .deadLetters()
        .sinkTo(KafkaEnds.sink(settings.kafka(), Topic.DEAD_LETTERS, RecordType.DEAD_LETTERS))
        .uid(DEAD_LETTERS)
        .name(DEAD_LETTERS);
    if (settings.counts() != null) {
      outputs
          .counts()
          .sinkTo(
              new RemoteWriteSink<LineCount>(
                  settings.counts().output(),
                  "tocsin_line_count_samples",
                  (count, sender) ->
                      sender.offer(Labels.of(count.labels()), count.time(), count.lines())))
          .uid(COUNTS)
          .name(COUNTS);
    }
  }

  /** Runs the job with the configuration file that its arguments name. */
  public static void main(String[] args) throws Exception {
    LogsSettings settings = Configurations.read(args, LogsSettings.class, LogsSettings.DEFAULTS);
    JobTopics.ensure(
        settings.kafka(), Topic.LOGS, Topic.FINDINGS, Topic.PATTERNS, Topic.DEAD_LETTERS);
    JobTopics.require(settings.kafka(), settings.topics());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(env, settings);
    env.execute("tocsin-logs");
  }
}
