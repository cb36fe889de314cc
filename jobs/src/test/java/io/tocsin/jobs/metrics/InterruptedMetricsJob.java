// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The metrics job with an operator between source and scoring that fails when it is told to. */
public final class InterruptedMetricsJob {
  private static final String UID = "metrics-interruption";

  /** Static, because the cluster is in this process: batches left until the failure; 0 for none. */
  private static final AtomicInteger LEFT = new AtomicInteger();

  private InterruptedMetricsJob() {}

  /** Ties the job to Kafka. */
  public static void define(StreamExecutionEnvironment env, MetricsSettings settings) {
    MetricsJob.write(
        MetricsJob.score(
            MetricsJob.read(env, settings)
                .map(new Interruption())
                .returns(ShardBatchSerializer.typeInformation())
                .uid(UID)
                .name(UID),
            settings),
        settings);
  }

  /** From now on, the job fails once, at this batch. */
  public static void failAtBatch(int number) {
    LEFT.set(number);
  }

  private static final class Interruption implements MapFunction<ShardBatch, ShardBatch> {
    @Override
    public ShardBatch map(ShardBatch batch) {
      if (LEFT.get() > 0 && LEFT.decrementAndGet() == 0) {
        throw new IllegalStateException("this failure was ordered by a test");
      }
      return batch;
    }
  }
}
