// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of the metrics: when bodies arrived at the gateway, which Kafka keeps with them, so
 * that a repeated run has the same. No sender's clock has part in it: one that is fast, slow, or
 * sends what it could not send for hours moves nobody's time and holds nobody's back. A sample is
 * judged by its own time all the same.
 *
 * <p>Arrivals rise within a partition but for the differences between gateways' clocks, which the
 * lateness covers. Marks follow the bodies, never the wall clock.
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
        .withTimestampAssigner((batch, kafka) -> batch.arrival())
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
