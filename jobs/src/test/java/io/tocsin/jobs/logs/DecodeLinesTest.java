// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.models.telemetry.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

final class DecodeLinesTest {
  private static final List<LogInputSettings> INPUTS =
      List.of(
          LogInputSettings.of("plain", LogFormat.TEXT), LogInputSettings.of("app", LogFormat.JSON));
  private static final long NOW = 1_790_000_000_000L;

  /** What came out. */
  private record Decoded(List<String> lines, List<Long> streams, List<String> reasons) {}

  private static LogRecord record(String topic, int partition, String value) {
    return new LogRecord(topic, partition, 7, NOW, value.getBytes(StandardCharsets.UTF_8));
  }

  private static Decoded decoded(LogRecord... records) throws Exception {
    Decoded decoded = new Decoded(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    OneInputStreamOperatorTestHarness<LogRecord, LineBatch> harness =
        new OneInputStreamOperatorTestHarness<>(new DecodeLines(INPUTS));
    harness.open();
    for (LogRecord record : records) {
      harness.processElement(new StreamRecord<>(record, NOW));
    }
    harness.processWatermark(new Watermark(NOW));
    for (LineBatch batch : harness.extractOutputValues()) {
      LineBatchReader reader = new LineBatchReader(batch);
      while (reader.next()) {
        decoded.lines().add(reader.line().text());
        decoded.streams().add(reader.line().stream());
      }
    }
    var letters = harness.getSideOutput(DecodeLines.UNREADABLE);
    if (letters != null) {
      for (StreamRecord<DeadLetter> letter : letters) {
        decoded.reasons().add(letter.getValue().topic() + " " + letter.getValue().reason());
      }
    }
    harness.close();
    return decoded;
  }

  @Test
  void linesOfOneRecordAreOfOneStream() throws Exception {
    String trace = "closed\n\tat Cart.pay(Cart.java:5)\n\tat Cart.main(Cart.java:9)";
    Decoded decoded = decoded(record("plain", 0, trace), record("plain", 0, "next"));

    assertThat(decoded.lines())
        .containsExactly(
            "closed", "\tat Cart.pay(Cart.java:5)", "\tat Cart.main(Cart.java:9)", "next");
    assertThat(decoded.streams()).containsOnly(decoded.streams().get(0));
  }

  @Test
  void linesOfOtherPartitionsAndTopicsAreOfOthers() throws Exception {
    Decoded decoded =
        decoded(
            record("plain", 0, "one"),
            record("plain", 1, "two"),
            record("app", 0, "{\"message\":\"three\"}"));

    assertThat(decoded.streams()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void whatCannotBeReadIsSetAsideWithItsReasonAndTheRestIsRead() throws Exception {
    Decoded decoded =
        decoded(record("app", 0, "{\"message\":\"one\"}\n{\"message\":\n{\"message\":\"two\"}"));

    assertThat(decoded.lines()).containsExactly("one", "two");
    assertThat(decoded.reasons()).containsExactly("app truncated_json");
  }
}
