// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import static io.tocsin.jobs.incidents.Findings.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.jobs.serialization.Decoded;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class ProgressWatermarksTest {
  private final ProgressWatermarks watermarks = new ProgressWatermarks();
  private final List<Long> emitted = new ArrayList<>();

  @Test
  void findingsDoNotMoveTime() {
    see(FindingsRecord.of(Findings.symptom(0)));
    watermarks.onPeriodicEmit(output());
    assertThat(emitted).isEmpty();
  }

  @Test
  void timeIsThatOfTheSlowestJob() {
    progress("metrics", 10_000);
    progress("logs", 5_000);
    progress("metrics", 20_000);
    progress("logs", 20_000);
    assertThat(emitted).containsExactly(10_000L, 5_000L, 5_000L, 20_000L);
  }

  @Test
  void aJobThatLagsFarBehindIsNotWaitedFor() {
    progress("logs", 5_000);
    progress("metrics", 65_000);
    progress("metrics", 65_001);
    assertThat(emitted).containsExactly(5_000L, 5_000L, 65_001L);
  }

  private void progress(String source, long millis) {
    see(FindingsRecord.of(new Progress(source, START + millis, List.of())));
  }

  private void see(FindingsRecord record) {
    watermarks.onEvent(new Decoded<>(record, null), record.time(), output());
  }

  private WatermarkOutput output() {
    return new WatermarkOutput() {
      @Override
      public void emitWatermark(Watermark watermark) {
        emitted.add(watermark.getTimestamp() - START);
      }

      @Override
      public void markIdle() {}

      @Override
      public void markActive() {}
    };
  }
}
