// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.jobs.serialization.SerializerTypeInformation;
import io.tocsin.jobs.serialization.SimpleSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link EntityEntries} as one block of bytes. For edges only; no state holds them. */
public final class EntityEntriesSerializer extends SimpleSerializer<EntityEntries> {
  public static final EntityEntriesSerializer INSTANCE = new EntityEntriesSerializer();

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public EntityEntries createInstance() {
    return new EntityEntries(EntityEntries.ALL, 0, new byte[0]);
  }

  @Override
  public EntityEntries copy(EntityEntries from) {
    return from;
  }

  @Override
  public void serialize(EntityEntries entries, DataOutputView target) throws IOException {
    target.writeInt(entries.group());
    target.writeLong(entries.tick());
    target.writeInt(entries.entries().length);
    target.write(entries.entries());
  }

  @Override
  public EntityEntries deserialize(DataInputView source) throws IOException {
    int group = source.readInt();
    long tick = source.readLong();
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return new EntityEntries(group, tick, bytes);
  }

  @Override
  public TypeSerializerSnapshot<EntityEntries> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The format has no version: it never outlives a job. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<EntityEntries> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  public static TypeInformation<EntityEntries> typeInformation() {
    return new SerializerTypeInformation<>(EntityEntries.class, INSTANCE);
  }
}
