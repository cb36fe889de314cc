// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of the logs: when records were written to Kafka. No line's own time has part in it.
 * Marks are made now and then only, since each sends all batches on their way.
 */
final class LogTimes implements WatermarkGenerator<LogRecord> {
  private final long latenessMillis;
  private long latest = Long.MIN_VALUE;
  private long said = Long.MIN_VALUE;

  private LogTimes(long latenessMillis) {
    this.latenessMillis = latenessMillis;
  }

  static WatermarkStrategy<LogRecord> strategy(Duration lateness, Duration idleness) {
    long millis = lateness.toMillis();
    return WatermarkStrategy.<LogRecord>forGenerator(context -> new LogTimes(millis))
        .withTimestampAssigner((record, kafka) -> record.time())
        .withIdleness(idleness);
  }

  @Override
  public void onEvent(LogRecord record, long time, WatermarkOutput output) {
    latest = Math.max(latest, time);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (latest > said) {
      said = latest;
      output.emitWatermark(new Watermark(latest - latenessMillis - 1));
    }
  }
}
