// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.environment;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The Flink options that are part of the program, not of its operation. */
public final class JobEnvironment {
  /** Fixed for ever, like the shards: it says into how many pieces keyed state can be divided. */
  public static final int MAX_PARALLELISM = 128;

  private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(50);
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(10);

  private JobEnvironment() {}

  /** Sets the options on an environment. */
  public static void prepare(StreamExecutionEnvironment env, Duration checkpointInterval) {
    Configuration options = new Configuration();
    options.set(PipelineOptions.GENERIC_TYPES, false);
    options.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    options.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
    options.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    options.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    options.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    env.configure(options);
  }
}
