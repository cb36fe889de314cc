// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.models.entities.EntryBuffer;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the shards of a subtask say for entities, so that a tick costs one record for each
 * group of entities instead of one for each body and group. It holds nothing across a checkpoint or
 * beyond the end of a tick, so it needs no state: what it holds goes out before the barrier.
 */
final class BundleEntries extends AbstractStreamOperator<EntityEntries>
    implements OneInputStreamOperator<EntityEntries, EntityEntries> {
  /** More is not held back, in bytes; it bounds what a subtask holds that reads far ahead. */
  private static final int MOST_HELD = 4 << 20;

  private transient TreeMap<Long, EntryBuffer[]> held = new TreeMap<>();

  /** The buffers of a tick that was sent, for the next one: they have grown to its size. */
  private transient EntryBuffer @Nullable [] spare;

  private transient int bytes;

  @Override
  public void open() throws Exception {
    super.open();
    held = new TreeMap<>();
    bytes = 0;
  }

  @Override
  public void processElement(StreamRecord<EntityEntries> element) {
    EntityEntries said = element.getValue();
    EntryBuffer[] groups = held.computeIfAbsent(said.tick(), tick -> buffers());
    EntryBuffer.split(
        said.entries(), (group, from, at, length) -> groups[group].add(from, at, length));
    bytes += said.entries().length;
    if (bytes > MOST_HELD) {
      sendUntil(Long.MAX_VALUE);
    }
  }

  private EntryBuffer[] buffers() {
    if (spare != null) {
      EntryBuffer[] taken = spare;
      spare = null;
      return taken;
    }
    EntryBuffer[] groups = new EntryBuffer[EntryBuffer.GROUPS];
    for (int group = 0; group < groups.length; group++) {
      groups[group] = new EntryBuffer();
    }
    return groups;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    sendUntil(mark.getTimestamp());
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    sendUntil(Long.MAX_VALUE);
    super.prepareSnapshotPreBarrier(checkpoint);
  }

  private void sendUntil(long time) {
    while (!held.isEmpty() && held.firstKey() <= time) {
      long tick = held.firstKey();
      EntryBuffer[] groups = held.pollFirstEntry().getValue();
      for (int group = 0; group < groups.length; group++) {
        if (groups[group].length() > 0) {
          byte[] entries = groups[group].take();
          bytes -= entries.length;
          output.collect(new StreamRecord<>(new EntityEntries(group, tick, entries), tick));
        }
      }
      spare = groups;
    }
  }
}
