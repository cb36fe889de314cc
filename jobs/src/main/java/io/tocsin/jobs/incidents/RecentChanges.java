// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.jobs.serialization.CodecSerializer;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.changes.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * Changes that an incident may be explained by, in broadcast state: a change may name no cluster,
 * and an incident of any may follow from it. Only so many are kept, the latest.
 */
final class RecentChanges {
  /** By their ids. */
  static final MapStateDescriptor<String, Change> STATE =
      new MapStateDescriptor<>(
          "changes", StringSerializer.INSTANCE, new CodecSerializer<>(RecordType.CHANGES));

  static final int MOST = 1_000;

  private RecentChanges() {}

  /** What became of a change. */
  enum Fate {
    KEPT,
    /** It is of the past, or has no time. */
    PAST,
    /** It is of a time that is too far ahead. */
    FUTURE
  }

  /** Adds a change unless it lies too far from the present to matter. */
  static Fate add(BroadcastState<String, Change> state, Change change, Span span) throws Exception {
    if (change.time() <= 0 || change.time() < span.from) {
      return Fate.PAST;
    }
    if (change.time() > span.to) {
      return Fate.FUTURE;
    }
    state.put(change.id(), change);
    List<Change> kept = new ArrayList<>();
    for (Map.Entry<String, Change> entry : state.entries()) {
      kept.add(entry.getValue());
    }
    kept.sort(Comparator.comparingLong(Change::time).reversed().thenComparing(Change::id));
    for (int i = 0; i < kept.size(); i++) {
      if (i >= MOST || kept.get(i).time() < span.from) {
        state.remove(kept.get(i).id());
      }
    }
    return Fate.KEPT;
  }

  /** All that are kept. */
  static Iterable<Change> all(ReadOnlyBroadcastState<String, Change> state) throws Exception {
    List<Change> all = new ArrayList<>();
    for (Map.Entry<String, Change> entry : state.immutableEntries()) {
      all.add(entry.getValue());
    }
    return all;
  }

  /** A span of event time, ms since the epoch. */
  record Span(long from, long to) {}
}
