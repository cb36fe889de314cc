// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.models.telemetry.LogLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Gives the lines of batches in the order of their arrival, up to a time, and keeps the others. So
 * what is made of them depends on neither the speed at which they came nor on how partitions were
 * interleaved.
 */
final class HeldLines {
  private static final Comparator<LineBatchReader> ORDER =
      Comparator.comparingLong((LineBatchReader each) -> each.line().arrival())
          .thenComparingLong(each -> each.line().stream())
          .thenComparingLong(each -> each.line().time());

  private HeldLines() {}

  /**
   * Gives lines.
   *
   * @param batches in each of which arrivals rise, or nearly so
   * @param until arrival of the last to be given, ms since the epoch
   * @return batches of the rest
   */
  static List<LineBatch> release(Iterable<LineBatch> batches, long until, Consumer<LogLine> to) {
    List<LineBatch> rest = new ArrayList<>();
    PriorityQueue<LineBatchReader> readers = new PriorityQueue<>(ORDER);
    for (LineBatch batch : batches) {
      LineBatchReader reader = new LineBatchReader(batch);
      if (reader.next()) {
        offer(reader, batch.shard(), until, readers, rest);
      }
    }
    while (!readers.isEmpty()) {
      LineBatchReader reader = readers.poll();
      to.accept(reader.line());
      if (reader.next()) {
        offer(reader, 0, until, readers, rest);
      }
    }
    return rest;
  }

  /** A reader that stands beyond the end has given all that it can; the rest is written anew. */
  private static void offer(
      LineBatchReader reader,
      int shard,
      long until,
      PriorityQueue<LineBatchReader> readers,
      List<LineBatch> rest) {
    if (reader.line().arrival() <= until) {
      readers.add(reader);
      return;
    }
    LineBatchWriter writer = new LineBatchWriter(shard);
    do {
      writer.add(reader.line());
    } while (reader.next());
    rest.add(writer.take());
  }
}
