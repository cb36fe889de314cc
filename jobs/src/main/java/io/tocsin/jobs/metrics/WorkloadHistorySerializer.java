// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.jobs.serialization.CodecSerializer;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.jobs.serialization.SimpleSerializer;
import io.tocsin.models.changes.Change;
import io.tocsin.models.changes.WorkloadHistory;
import io.tocsin.models.changes.WorkloadHistory.SeenImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** What is remembered of workloads, in state. Each begins with the version of its format. */
final class WorkloadHistorySerializer extends SimpleSerializer<WorkloadHistory> {
  static final WorkloadHistorySerializer INSTANCE = new WorkloadHistorySerializer();

  private static final byte VERSION = 1;

  private final CodecSerializer<Change> changes = new CodecSerializer<>(RecordType.CHANGES);

  @Override
  public void serialize(WorkloadHistory history, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(history.since());
    out.writeLong(history.seen());
    out.writeInt(history.images().size());
    for (SeenImage each : history.images()) {
      StringValue.writeString(each.image(), out);
      out.writeLong(each.time());
    }
    Change rollout = history.rollout();
    out.writeBoolean(rollout != null);
    if (rollout != null) {
      changes.serialize(rollout, out);
    }
    out.writeLong(history.restarted());
  }

  @Override
  public WorkloadHistory deserialize(DataInputView in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "version "
              + version
              + " of stored workloads is unknown; the state is of a later release");
    }
    long since = in.readLong();
    long seen = in.readLong();
    List<SeenImage> images = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      images.add(new SeenImage(StringValue.readString(in), in.readLong()));
    }
    Change rollout = in.readBoolean() ? changes.deserialize(in) : null;
    return new WorkloadHistory(since, seen, images, rollout, in.readLong());
  }

  @Override
  public WorkloadHistory copy(WorkloadHistory history) {
    return history;
  }

  @Override
  public WorkloadHistory createInstance() {
    return WorkloadHistory.beginning(0);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializerSnapshot<WorkloadHistory> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The version lies in what is stored. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<WorkloadHistory> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
