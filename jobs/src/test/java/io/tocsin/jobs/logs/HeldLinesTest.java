// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeldLinesTest {
  private static final LogSource SOURCE = LogSource.of("shop", "cart", "cart-0", "");

  @Test
  void linesOfAStreamThatArriveAtOnceStayInOrderHoweverTheyAreCut() {
    List<LineBatch> batches = new ArrayList<>();
    batches.add(batch(1, "before", 5, "java.io.IOException: gone"));
    batches.add(batch(5, "\tat one", 5, "\tat two"));
    batches.add(batch(5, "\tat three", 9, "after"));

    assertThat(texts(batches, 9))
        .containsExactly(
            "before", "java.io.IOException: gone", "\tat one", "\tat two", "\tat three", "after");
  }

  @Test
  void whatIsHeldStaysInOrderToo() {
    List<LineBatch> batches = new ArrayList<>();
    batches.add(batch(1, "before", 5, "java.io.IOException: gone"));
    batches.add(batch(5, "\tat one", 5, "\tat two"));

    List<LineBatch> rest = HeldLines.release(batches, 4, line -> {});

    assertThat(texts(rest, 9)).containsExactly("java.io.IOException: gone", "\tat one", "\tat two");
  }

  private static List<String> texts(List<LineBatch> batches, long until) {
    List<String> texts = new ArrayList<>();
    List<LineBatch> rest =
        HeldLines.release(
            batches,
            until,
            line ->
                texts.add(
                    new String(line.bytes(), line.from(), line.length(), StandardCharsets.UTF_8)));
    assertThat(rest).isEmpty();
    return texts;
  }

  private static LineBatch batch(long firstArrival, String first, long nextArrival, String next) {
    LineBatchWriter writer = new LineBatchWriter(3);
    add(writer, firstArrival, first);
    add(writer, nextArrival, next);
    return writer.take();
  }

  private static void add(LineBatchWriter writer, long arrival, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writer.add(
        new LogLine()
            .setText(bytes, 0, bytes.length)
            .setTime(arrival)
            .setArrival(arrival)
            .setSource(SOURCE, SOURCE.hash()));
  }
}
