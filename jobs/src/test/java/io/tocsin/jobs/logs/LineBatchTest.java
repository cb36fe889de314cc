// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import io.tocsin.models.telemetry.TextFormat;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineBatchTest {
  private static final LogSource CART = LogSource.of("shop", "cart", "cart-0", "node-1");
  private final LineBatchWriter writer = new LineBatchWriter(7);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static LogLine line(String text, String trace, boolean cut) {
    byte[] bytes = utf8(text);
    byte[] traceBytes = utf8(trace);
    return new LogLine()
        .setText(bytes, 0, bytes.length)
        .setCut(cut)
        .setTrace(traceBytes, 0, traceBytes.length)
        .setFormat(TextFormat.JSON)
        .setSeverity(Severity.ERROR)
        .setTime(5)
        .setArrival(6)
        .setSource(CART, 42);
  }

  @Test
  void allOfALineTravelsInABatch() {
    writer.add(line("käse is lost", "4bf92f3577b34da6", true));
    writer.add(line("next", "", false));
    LineBatchReader reader = new LineBatchReader(writer.take());

    assertThat(reader.next()).isTrue();
    LogLine first = reader.line();
    assertThat(first.text()).isEqualTo("käse is lost");
    assertThat(first.trace()).isEqualTo("4bf92f3577b34da6");
    assertThat(first.isCut()).isTrue();
    assertThat(first.format()).isEqualTo(TextFormat.JSON);
    assertThat(first.severity()).isEqualTo(Severity.ERROR);
    assertThat(first.time()).isEqualTo(5);
    assertThat(first.arrival()).isEqualTo(6);
    assertThat(first.source()).isEqualTo(CART);
    assertThat(first.stream()).isEqualTo(42);

    assertThat(reader.next()).isTrue();
    assertThat(reader.line().text()).isEqualTo("next");
    assertThat(reader.line().trace()).isEmpty();
    assertThat(reader.line().isCut()).isFalse();
    assertThat(reader.next()).isFalse();
  }

  @Test
  void aTraceIdThatIsTooLongIsNone() {
    writer.add(line("x".repeat(10_000), "y".repeat(LogLine.LONGEST_TRACE), false));
    writer.add(line("next", "y".repeat(LogLine.LONGEST_TRACE + 1), false));
    LineBatchReader reader = new LineBatchReader(writer.take());

    assertThat(reader.next()).isTrue();
    assertThat(reader.line().text()).hasSize(10_000);
    assertThat(reader.line().trace()).hasSize(LogLine.LONGEST_TRACE);
    assertThat(reader.next()).isTrue();
    assertThat(reader.line().text()).isEqualTo("next");
    assertThat(reader.line().trace()).isEmpty();
  }

  @Test
  void streamsOfDifferentPartitionsAndTopicsAreDifferent() {
    LogRecord record = new LogRecord("logs", 0, 0, 0, new byte[0]);
    assertThat(record.stream(1))
        .isEqualTo(new LogRecord("logs", 0, 9, 9, new byte[0]).stream(1))
        .isNotEqualTo(record.stream(2))
        .isNotEqualTo(new LogRecord("logs", 1, 0, 0, new byte[0]).stream(1))
        .isNotEqualTo(new LogRecord("other", 0, 0, 0, new byte[0]).stream(1));
  }
}
