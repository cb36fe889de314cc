// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of the metrics: the latest time that any body of a partition held, less the time by
 * which senders may lag behind each other. A body's time is never later than its arrival, so one
 * sender's fast clock moves nobody else's time; a slow clock moves none at all. Marks follow the
 * batches themselves, not the wall clock, so a repeated run has them at the same places.
 */
final class BatchTimes implements WatermarkGenerator<ShardBatch> {
  private final long latenessMillis;
  private long latest = Long.MIN_VALUE;

  private BatchTimes(long latenessMillis) {
    this.latenessMillis = latenessMillis;
  }

  static WatermarkStrategy<ShardBatch> strategy(Duration lateness, Duration idleness) {
    long millis = lateness.toMillis();
    return WatermarkStrategy.<ShardBatch>forGenerator(context -> new BatchTimes(millis))
        .withTimestampAssigner((batch, arrival) -> batch.latest())
        .withIdleness(idleness);
  }

  @Override
  public void onEvent(ShardBatch batch, long time, WatermarkOutput output) {
    if (time > latest) {
      latest = time;
      output.emitWatermark(new Watermark(latest - latenessMillis - 1));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {}
}
