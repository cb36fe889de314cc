// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.models.series.SeriesTable;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

final class SeriesTableSerializerTest {
  private final SeriesTableSerializer serializer =
      SeriesTableSerializer.of(MetricsSettings.DEFAULTS.detector());
  private final SeriesTableSerializer.Snapshot snapshot =
      new SeriesTableSerializer.Snapshot(serializer);

  @Test
  void aSavepointRestoresTheSerializer() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<SeriesTable> read = read(out);

    assertThat(read.restoreSerializer()).isEqualTo(serializer);
    assertThat(compatibility(read)).matches(TypeSerializerSchemaCompatibility::isCompatibleAsIs);
  }

  @Test
  void theSnapshotOfTheFirstVersionIsReadAndItsRowsAreMigrated() throws IOException {
    TypeSerializerSnapshot<SeriesTable> read = read(written(1, 1, 144, 384));

    assertThat(read.restoreSerializer()).isEqualTo(new SeriesTableSerializer(1, 144, 384));
    assertThat(compatibility(read))
        .matches(TypeSerializerSchemaCompatibility::isCompatibleAfterMigration);
  }

  @Test
  void tablesOfALaterVersionAreRefused() {
    assertThatThrownBy(() -> read(written(2, SeriesTable.VERSION + 7, 2, 160, 384)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version " + (SeriesTable.VERSION + 7))
        .hasMessageContaining("up to " + SeriesTable.VERSION);
  }

  @Test
  void rowsOfALaterLayoutAreRefused() throws IOException {
    TypeSerializerSnapshot<SeriesTable> later = read(written(2, SeriesTable.VERSION, 99, 160, 384));
    assertThatThrownBy(() -> compatibility(later))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("layout 99")
        .hasMessageContaining("up to " + MetricsSettings.DEFAULTS.detector().layout());
  }

  @Test
  void rowsOfOtherLengthsInTheSameLayoutAreIncompatible() {
    SeriesTableSerializer other =
        new SeriesTableSerializer(MetricsSettings.DEFAULTS.detector().layout(), 8, 8);
    assertThat(compatibility(new SeriesTableSerializer.Snapshot(other)))
        .matches(TypeSerializerSchemaCompatibility::isIncompatible);
  }

  private TypeSerializerSchemaCompatibility<SeriesTable> compatibility(
      TypeSerializerSnapshot<SeriesTable> old) {
    return snapshot.resolveSchemaCompatibility(old);
  }

  /** As Flink writes a snapshot: class, version, content. */
  private static DataOutputSerializer written(int version, int... content) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF(SeriesTableSerializer.Snapshot.class.getName());
    out.writeInt(version);
    for (int each : content) {
      out.writeInt(each);
    }
    return out;
  }

  private static TypeSerializerSnapshot<SeriesTable> read(DataOutputSerializer out)
      throws IOException {
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(out.getCopyOfBuffer()),
        SeriesTableSerializerTest.class.getClassLoader());
  }
}
