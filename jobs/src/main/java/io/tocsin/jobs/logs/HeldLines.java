// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.models.telemetry.LogLine;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Gives the lines of batches in the order of their arrival, up to a time, and keeps the others. So
 * what is made of them depends on neither the speed at which they came nor on how partitions were
 * interleaved.
 */
final class HeldLines {
  /** Lines of one stream that arrived at once stay as they came: a stack trace has an order. */
  private static final Comparator<Reading> ORDER =
      Comparator.comparingLong((Reading each) -> each.line().arrival())
          .thenComparingLong(each -> each.line().stream())
          .thenComparingLong(each -> Math.min(each.line().time(), each.line().arrival()))
          .thenComparingInt(Reading::place);

  /** A batch that is being read, and its place among all. */
  private record Reading(LineBatchReader reader, int place, int shard) {
    LogLine line() {
      return reader.line();
    }
  }

  private HeldLines() {}

  /**
   * Gives lines.
   *
   * @param batches in each of which arrivals rise, or nearly so
   * @param until arrival of the last to be given, ms since the epoch
   * @return batches of the rest, in the order of those that they are the rest of
   */
  static List<LineBatch> release(Iterable<LineBatch> batches, long until, Consumer<LogLine> to) {
    TreeMap<Integer, LineBatch> rest = new TreeMap<>();
    PriorityQueue<Reading> readings = new PriorityQueue<>(ORDER);
    int place = 0;
    for (LineBatch batch : batches) {
      Reading reading = new Reading(new LineBatchReader(batch), place++, batch.shard());
      offer(reading, until, readings, rest);
    }
    while (!readings.isEmpty()) {
      Reading reading = readings.poll();
      to.accept(reading.line());
      offer(reading, until, readings, rest);
    }
    return List.copyOf(rest.values());
  }

  /** A reader that comes beyond the end has given all that it can; the rest is written anew. */
  private static void offer(
      Reading reading, long until, PriorityQueue<Reading> readings, Map<Integer, LineBatch> rest) {
    LineBatchReader reader = reading.reader();
    if (!reader.next()) {
      return;
    }
    if (reader.line().arrival() <= until) {
      readings.add(reading);
      return;
    }
    LineBatchWriter writer = new LineBatchWriter(reading.shard());
    do {
      writer.add(reader.line());
    } while (reader.next());
    rest.put(reading.place(), writer.take());
  }
}
