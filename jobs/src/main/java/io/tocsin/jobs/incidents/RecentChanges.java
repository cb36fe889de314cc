// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.jobs.serialization.CodecSerializer;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.changes.Change;
import io.tocsin.models.incidents.IncidentSettings;
import java.time.Duration;
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
 * and an incident of any may follow from it. Only so many are kept.
 *
 * <p>Whether a change is ahead of its time is judged by when Kafka took it. Event time tells only
 * how far findings are: while they lag, every change of the meantime is ahead of it.
 */
final class RecentChanges {
  /** By their ids. */
  static final MapStateDescriptor<String, Change> STATE =
      new MapStateDescriptor<>(
          "changes", StringSerializer.INSTANCE, new CodecSerializer<>(RecordType.CHANGES));

  static final int MOST = 1_000;

  private static final long MOST_AHEAD_MILLIS = Duration.ofHours(1).toMillis();

  /** Where load moves, scalings come by the hundred, and each says little: they go first. */
  private static final Comparator<Change> DISPENSABLE_FIRST =
      Comparator.comparing((Change each) -> !each.kind().equals(Change.SCALING))
          .thenComparingLong(Change::time)
          .thenComparing(Change::id);

  private final long retention;

  /**
   * The latest time that was heard of, ms since the epoch. Where the topic has several partitions,
   * one may be read long after another; what that one told is not ahead for it.
   */
  private long latest = Long.MIN_VALUE;

  RecentChanges(IncidentSettings settings) {
    retention = 2 * settings.changeWindow().toMillis() + MOST_AHEAD_MILLIS;
  }

  /** What became of a change. */
  enum Fate {
    KEPT,
    /** There are more than may be kept, so one went: another, or this one. */
    DISPLACING,
    /** It is of the past, or has no time. */
    PAST,
    /** It is of a time that is too far ahead. */
    FUTURE
  }

  /**
   * Adds a change unless it lies too far from the present to matter.
   *
   * @param arrival when Kafka took it, ms since the epoch; {@link Long#MIN_VALUE} for unknown
   * @param watermark event time, ms since the epoch; {@link Long#MIN_VALUE} while it is unknown
   */
  Fate add(BroadcastState<String, Change> state, Change change, long arrival, long watermark)
      throws Exception {
    long present = Math.max(arrival, watermark);
    latest = Math.max(latest, present);
    if (change.time() <= 0 || change.time() < earliest(watermark)) {
      return Fate.PAST;
    }
    if (change.time() > mostAhead(present)) {
      return Fate.FUTURE;
    }
    state.put(change.id(), change);
    return evict(state, earliest(watermark)) ? Fate.DISPLACING : Fate.KEPT;
  }

  private long earliest(long watermark) {
    return watermark == Long.MIN_VALUE ? Long.MIN_VALUE : watermark - retention;
  }

  private static long mostAhead(long present) {
    return present == Long.MIN_VALUE
        ? Long.MAX_VALUE
        : Math.min(present, Long.MAX_VALUE - MOST_AHEAD_MILLIS) + MOST_AHEAD_MILLIS;
  }

  /**
   * Removes what lies too far from the present, as does what was kept while that was unknown, and
   * then what is too much; tells whether anything was.
   */
  private boolean evict(BroadcastState<String, Change> state, long earliest) throws Exception {
    List<Change> kept = new ArrayList<>();
    List<Change> gone = new ArrayList<>();
    for (Map.Entry<String, Change> entry : state.entries()) {
      long time = entry.getValue().time();
      (time < earliest || time > mostAhead(latest) ? gone : kept).add(entry.getValue());
    }
    int excess = Math.max(0, kept.size() - MOST);
    if (excess > 0) {
      kept.sort(DISPENSABLE_FIRST);
      gone.addAll(kept.subList(0, excess));
    }
    for (Change each : gone) {
      state.remove(each.id());
    }
    return excess > 0;
  }

  /** All that are kept. */
  static Iterable<Change> all(ReadOnlyBroadcastState<String, Change> state) throws Exception {
    List<Change> all = new ArrayList<>();
    for (Map.Entry<String, Change> entry : state.immutableEntries()) {
      all.add(entry.getValue());
    }
    return all;
  }
}
