// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.environment.JobEnvironment;
import io.tocsin.jobs.kafka.KafkaEnds;
import io.tocsin.jobs.kafka.KafkaSettings;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Jobs that fail or lag when they are told to, for what Flink itself tells of any job. */
final class SmallJobs {
  /** Each lets {@link #fragile} fail once. */
  static final Semaphore FAILURES = new Semaphore(0);

  /** Each lets {@link #slow} read one record. */
  static final Semaphore READS = new Semaphore(0);

  /** What {@link #slow} reads; no other job here does. */
  static final Topic LINES = Topic.PATTERNS;

  /** An interval of checkpoints. */
  static final Duration OFTEN = Duration.ofMillis(50);

  private static final int NUMBERS_PER_SECOND = 200;
  private static final Duration BACKOFF = Duration.ofMillis(1);

  private SmallJobs() {}

  /** Counts, saves its state so often, and starts anew at once when it fails. */
  static void fragile(StreamExecutionEnvironment env, Duration checkpoints) {
    prepare(env, checkpoints);
    env.fromSource(
            new DataGeneratorSource<>(
                index -> index,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(NUMBERS_PER_SECOND),
                Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "fragile-numbers")
        .uid("fragile-numbers")
        .map(SmallJobs::failIfTold)
        .returns(Types.LONG)
        .uid("fragile-check")
        .sinkTo(new DiscardingSink<>())
        .uid("fragile-nowhere");
  }

  private static Long failIfTold(Long number) {
    if (FAILURES.tryAcquire()) {
      throw new IllegalStateException("told to fail");
    }
    return number;
  }

  /** Reads a topic through the jobs' own source, as fast as it is let. */
  static void slow(StreamExecutionEnvironment env, KafkaSettings kafka) {
    prepare(env, OFTEN);
    env.fromSource(
            KafkaEnds.source(
                kafka, LINES, KafkaRecordDeserializationSchema.valueOnly(new SimpleStringSchema())),
            WatermarkStrategy.noWatermarks(),
            "slow-lines")
        .uid("slow-lines")
        .map(SmallJobs::readWhenLet)
        .returns(Types.STRING)
        .uid("slow-read")
        .sinkTo(new DiscardingSink<>())
        .uid("slow-nowhere");
  }

  private static String readWhenLet(String line) throws InterruptedException {
    READS.acquire();
    return line;
  }

  private static void prepare(StreamExecutionEnvironment env, Duration checkpoints) {
    JobEnvironment.prepare(env, checkpoints);
    Configuration options = new Configuration();
    options.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, BACKOFF);
    options.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, BACKOFF);
    options.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    env.configure(options);
  }
}
