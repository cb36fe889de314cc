// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.jobs.serialization.Decoded;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of findings: as far as every job that finds has progressed by its own word, never
 * guessed. A job that lags far behind the others is not waited for.
 */
final class ProgressWatermarks implements WatermarkGenerator<Decoded<FindingsRecord>> {
  private static final long MOST_LAG_MILLIS = 60_000;

  private final Map<String, Long> progressed = new HashMap<>();

  static WatermarkStrategy<Decoded<FindingsRecord>> strategy() {
    return WatermarkStrategy.<Decoded<FindingsRecord>>forGenerator(
            context -> new ProgressWatermarks())
        .withTimestampAssigner((decoded, kafka) -> time(decoded, kafka));
  }

  private static long time(Decoded<FindingsRecord> decoded, long otherwise) {
    FindingsRecord record = decoded.value();
    return record == null ? otherwise : record.time();
  }

  @Override
  public void onEvent(Decoded<FindingsRecord> decoded, long timestamp, WatermarkOutput output) {
    FindingsRecord record = decoded.value();
    Progress progress = record == null ? null : record.progress();
    if (progress != null) {
      progressed.merge(progress.source(), progress.time(), Math::max);
      long awaited = Collections.max(progressed.values()) - MOST_LAG_MILLIS;
      progressed.values().stream()
          .filter(time -> time >= awaited)
          .min(Long::compare)
          .ifPresent(time -> output.emitWatermark(new Watermark(time)));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {}
}
