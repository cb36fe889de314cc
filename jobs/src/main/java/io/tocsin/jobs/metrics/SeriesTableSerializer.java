// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.jobs.serialization.Block;
import io.tocsin.jobs.serialization.SimpleSerializer;
import io.tocsin.models.detectors.Detector;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesTable;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes and copies the table of a shard. The copy is deep: the heap backend writes a snapshot from
 * the old table while the job goes on with the copy.
 *
 * <p>Tables say themselves how long their rows are, so they are read without a detector, and {@link
 * BatchScorer} brings those of an earlier release up to date when it first uses them.
 */
final class SeriesTableSerializer extends SimpleSerializer<SeriesTable> {
  private final int layout;
  private final int scoredBytes;
  private final int profileBytes;

  SeriesTableSerializer(int layout, int scoredBytes, int profileBytes) {
    this.layout = layout;
    this.scoredBytes = scoredBytes;
    this.profileBytes = profileBytes;
  }

  /** For tables with rows as this detector needs them. */
  static SeriesTableSerializer of(Detector detector) {
    return new SeriesTableSerializer(
        detector.layout(), SeriesScorer.scoredBytes(detector), detector.profileBytes());
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public SeriesTable createInstance() {
    return SeriesTable.empty(layout, scoredBytes, profileBytes);
  }

  @Override
  public SeriesTable copy(SeriesTable from) {
    return from.copy();
  }

  @Override
  public void serialize(SeriesTable table, DataOutputView target) throws IOException {
    Block.write(table::writeAway, target);
  }

  @Override
  public SeriesTable deserialize(DataInputView source) throws IOException {
    return Block.read(SeriesTable::readFrom, source);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeriesTableSerializer that
        && layout == that.layout
        && scoredBytes == that.scoredBytes
        && profileBytes == that.profileBytes;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * layout + scoredBytes) + profileBytes;
  }

  @Override
  public TypeSerializerSnapshot<SeriesTable> snapshotConfiguration() {
    return new Snapshot(this);
  }

  /**
   * What a savepoint says: the version of the tables in it, and the layout and the lengths of their
   * rows. The first version named no layout, since there was one.
   */
  public static final class Snapshot implements TypeSerializerSnapshot<SeriesTable> {
    private static final int VERSION = 2;

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
      out.writeInt(restoreSerializer().layout);
      out.writeInt(restoreSerializer().scoredBytes);
      out.writeInt(restoreSerializer().profileBytes);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
      int tables = in.readInt();
      if (version > VERSION || tables > SeriesTable.VERSION) {
        throw new IOException(
            "the savepoint was written by a later release: its state of series has version "
                + tables
                + ", this release reads versions up to "
                + SeriesTable.VERSION);
      }
      int layout = version == 1 ? 1 : in.readInt();
      serializer = new SeriesTableSerializer(layout, in.readInt(), in.readInt());
    }

    @Override
    public SeriesTableSerializer restoreSerializer() {
      if (serializer == null) {
        throw new IllegalStateException("the snapshot has not been read yet");
      }
      return serializer;
    }

    /**
     * Rows of an earlier layout are migrated.
     *
     * @throws IllegalStateException if they are of a later one: Flink would not say of which
     */
    @Override
    public TypeSerializerSchemaCompatibility<SeriesTable> resolveSchemaCompatibility(
        TypeSerializerSnapshot<SeriesTable> old) {
      if (!(old instanceof Snapshot that)) {
        return TypeSerializerSchemaCompatibility.incompatible();
      }
      int before = that.restoreSerializer().layout;
      int now = restoreSerializer().layout;
      if (before > now) {
        throw new IllegalStateException(
            "the savepoint was written by a later release: its rows of series have layout "
                + before
                + ", this release reads layouts up to "
                + now);
      }
      if (before < now) {
        return TypeSerializerSchemaCompatibility.compatibleAfterMigration();
      }
      return restoreSerializer().equals(that.restoreSerializer())
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
