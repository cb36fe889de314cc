// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.models.entities.EntityTable;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes and copies the table of a group of entities; the copy is deep, and each table says the
 * version that it was written with.
 */
public final class EntityTableSerializer extends TypeSerializerSingleton<EntityTable> {
  public static final EntityTableSerializer INSTANCE = new EntityTableSerializer();

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public EntityTable createInstance() {
    return new EntityTable();
  }

  @Override
  public EntityTable copy(EntityTable from) {
    return from.copy();
  }

  @Override
  public EntityTable copy(EntityTable from, EntityTable reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(EntityTable table, DataOutputView target) throws IOException {
    table.writeTo(target);
  }

  @Override
  public EntityTable deserialize(DataInputView source) throws IOException {
    return EntityTable.readFrom(source);
  }

  @Override
  public EntityTable deserialize(EntityTable reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<EntityTable> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The version lies in the tables themselves. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<EntityTable> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** So that Java serialization keeps the singleton. */
  private Object readResolve() {
    return INSTANCE;
  }
}
