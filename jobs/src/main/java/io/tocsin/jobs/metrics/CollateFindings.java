// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.telemetry.Entity;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Passes findings on, and after them, once a second of event time, the mark of progress that says
 * that there are no more up to then. The only subtask that sees all findings; an operator rather
 * than a function because only operators are told of watermarks. It keeps no state: what it holds
 * back is sent before each checkpoint.
 */
final class CollateFindings extends AbstractStreamOperator<FindingsRecord>
    implements OneInputStreamOperator<FindingsRecord, FindingsRecord> {
  private static final long GRID_MILLIS = 1000;
  private static final String SOURCE = "metrics";

  private transient TreeSet<Entity> watched = new TreeSet<>(Entity.ORDER);
  private transient long said = Long.MIN_VALUE;

  @Override
  public void open() throws Exception {
    super.open();
    watched = new TreeSet<>(Entity.ORDER);
    said = Long.MIN_VALUE;
  }

  @Override
  public void processElement(StreamRecord<FindingsRecord> element) {
    Progress progress = element.getValue().progress();
    if (progress == null) {
      output.collect(element);
    } else {
      watched.addAll(progress.watched());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long time = Math.floorDiv(mark.getTimestamp(), GRID_MILLIS) * GRID_MILLIS;
    if (time > said && mark.getTimestamp() != Long.MAX_VALUE) {
      say(time);
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    if (!watched.isEmpty() && said != Long.MIN_VALUE) {
      say(said);
    }
  }

  private void say(long time) {
    said = time;
    Progress progress = new Progress(SOURCE, time, List.copyOf(watched));
    watched.clear();
    output.collect(new StreamRecord<>(FindingsRecord.of(progress), time));
  }
}
