// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.jobs.serialization.CodecSerializer;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Passes findings on, and after them, once a second of event time, the mark of progress that says
 * that there are no more up to then. The only subtask that sees all findings; an operator rather
 * than a function because only operators are told of watermarks.
 *
 * <p>What is watched is held back, in state, until event time has reached the time it is about: so
 * a reader gets it at the same point of event time in every run. State outlives only the seconds
 * between a sweep and the mark that follows it.
 */
final class CollateFindings extends AbstractStreamOperator<FindingsRecord>
    implements OneInputStreamOperator<FindingsRecord, FindingsRecord> {
  private static final long GRID_MILLIS = 1000;

  /** The name under which the metrics job speaks of its progress. */
  static final String METRICS = "metrics";

  /** Entities of one mark: of names that are hundreds of bytes long, it stays far below 1 MiB. */
  private static final int MOST_WATCHED = 500;

  private final String source;

  private transient TreeMap<Long, TreeSet<Entity>> watched = new TreeMap<>();
  private transient @Nullable ListState<FindingsRecord> held;
  private transient long said = Long.MIN_VALUE;

  /**
   * @param source the name under which the job speaks of its progress
   */
  CollateFindings(String source) {
    this.source = source;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    watched = new TreeMap<>();
    said = Long.MIN_VALUE;
    held =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("watched", new CodecSerializer<>(RecordType.FINDINGS)));
    for (FindingsRecord record : held.get()) {
      hold(record);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<FindingsRecord> records = new ArrayList<>();
    watched.forEach((time, entities) -> records.addAll(marks(time, entities)));
    Objects.requireNonNull(held).update(records);
  }

  @Override
  public void processElement(StreamRecord<FindingsRecord> element) {
    if (element.getValue().progress() == null) {
      output.collect(element);
    } else {
      hold(element.getValue());
    }
  }

  private void hold(FindingsRecord record) {
    Progress progress = Objects.requireNonNull(record.progress());
    watched
        .computeIfAbsent(progress.time(), any -> new TreeSet<>(Entity.ORDER))
        .addAll(progress.watched());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() != Long.MAX_VALUE) {
      while (!watched.isEmpty() && watched.firstKey() <= mark.getTimestamp()) {
        long time = watched.firstKey();
        say(time, watched.pollFirstEntry().getValue());
      }
      long time = Math.floorDiv(mark.getTimestamp(), GRID_MILLIS) * GRID_MILLIS;
      if (time > said) {
        say(time, Set.of());
      }
    }
    super.processWatermark(mark);
  }

  private void say(long time, Set<Entity> entities) {
    said = Math.max(said, time);
    for (FindingsRecord mark : marks(time, entities)) {
      output.collect(new StreamRecord<>(mark, time));
    }
  }

  /** At least one mark, and as many as it takes for all entities. */
  private List<FindingsRecord> marks(long time, Set<Entity> entities) {
    List<Entity> all = List.copyOf(entities);
    List<FindingsRecord> marks = new ArrayList<>();
    int from = 0;
    do {
      int until = Math.min(all.size(), from + MOST_WATCHED);
      marks.add(FindingsRecord.of(new Progress(source, time, all.subList(from, until))));
      from = until;
    } while (from < all.size());
    return marks;
  }
}
