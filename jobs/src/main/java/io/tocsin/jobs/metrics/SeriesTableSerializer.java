// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.models.detectors.Detector;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesTable;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes and copies the table of a shard. The copy is deep: the heap backend writes a snapshot from
 * the old table while the job goes on with the copy.
 */
final class SeriesTableSerializer extends TypeSerializer<SeriesTable> {
  private final int scoredBytes;
  private final int profileBytes;

  SeriesTableSerializer(int scoredBytes, int profileBytes) {
    this.scoredBytes = scoredBytes;
    this.profileBytes = profileBytes;
  }

  /** For tables with rows as long as this detector needs them. */
  static SeriesTableSerializer of(Detector detector) {
    return new SeriesTableSerializer(SeriesScorer.scoredBytes(detector), detector.profileBytes());
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<SeriesTable> duplicate() {
    return this;
  }

  @Override
  public SeriesTable createInstance() {
    return new SeriesTable(scoredBytes, profileBytes);
  }

  @Override
  public SeriesTable copy(SeriesTable from) {
    return from.copy();
  }

  @Override
  public SeriesTable copy(SeriesTable from, SeriesTable reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(SeriesTable table, DataOutputView target) throws IOException {
    table.writeTo(target);
  }

  @Override
  public SeriesTable deserialize(DataInputView source) throws IOException {
    return SeriesTable.readFrom(source, scoredBytes, profileBytes);
  }

  @Override
  public SeriesTable deserialize(SeriesTable reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeriesTableSerializer that
        && scoredBytes == that.scoredBytes
        && profileBytes == that.profileBytes;
  }

  @Override
  public int hashCode() {
    return 31 * scoredBytes + profileBytes;
  }

  @Override
  public TypeSerializerSnapshot<SeriesTable> snapshotConfiguration() {
    return new Snapshot(this);
  }

  /** What a savepoint says: the version of the tables in it and the lengths of their rows. */
  public static final class Snapshot implements TypeSerializerSnapshot<SeriesTable> {
    private static final int VERSION = 1;

    private @Nullable SeriesTableSerializer serializer;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public Snapshot() {}

    Snapshot(SeriesTableSerializer serializer) {
      this.serializer = serializer;
    }

    @Override
    public int getCurrentVersion() {
      return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      out.writeInt(SeriesTable.VERSION);
      out.writeInt(restoreSerializer().scoredBytes);
      out.writeInt(restoreSerializer().profileBytes);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
      int tables = version == VERSION ? in.readInt() : -1;
      if (tables != SeriesTable.VERSION) {
        throw new IOException(
            "the savepoint was written by another release: its state of series has version "
                + tables
                + ", this release reads "
                + SeriesTable.VERSION);
      }
      serializer = new SeriesTableSerializer(in.readInt(), in.readInt());
    }

    @Override
    public SeriesTableSerializer restoreSerializer() {
      if (serializer == null) {
        throw new IllegalStateException("the snapshot has not been read yet");
      }
      return serializer;
    }

    @Override
    public TypeSerializerSchemaCompatibility<SeriesTable> resolveSchemaCompatibility(
        TypeSerializerSnapshot<SeriesTable> old) {
      return old instanceof Snapshot that && restoreSerializer().equals(that.restoreSerializer())
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
