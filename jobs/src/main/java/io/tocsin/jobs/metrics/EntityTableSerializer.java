// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.jobs.serialization.Block;
import io.tocsin.jobs.serialization.SimpleSerializer;
import io.tocsin.models.entities.EntityTable;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes and copies the table of a group of entities; the copy is deep, and each table says the
 * version that it was written with.
 */
public final class EntityTableSerializer extends SimpleSerializer<EntityTable> {
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
  public void serialize(EntityTable table, DataOutputView target) throws IOException {
    Block.write(table::writeTo, target);
  }

  @Override
  public EntityTable deserialize(DataInputView source) throws IOException {
    return Block.read(EntityTable::readFrom, source);
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
}
