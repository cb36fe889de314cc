// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.jobs.serialization.SerializerTypeInformation;
import io.tocsin.jobs.serialization.SimpleSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a {@link LineBatch} as one block of bytes. */
public final class LineBatchSerializer extends SimpleSerializer<LineBatch> {
  public static final LineBatchSerializer INSTANCE = new LineBatchSerializer();

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public LineBatch createInstance() {
    return new LineBatch(0, new byte[0]);
  }

  @Override
  public LineBatch copy(LineBatch from) {
    return from;
  }

  @Override
  public void serialize(LineBatch batch, DataOutputView target) throws IOException {
    target.writeInt(batch.shard());
    target.writeInt(batch.entries().length);
    target.write(batch.entries());
  }

  @Override
  public LineBatch deserialize(DataInputView source) throws IOException {
    int shard = source.readInt();
    byte[] entries = new byte[source.readInt()];
    source.readFully(entries);
    return new LineBatch(shard, entries);
  }

  @Override
  public TypeSerializerSnapshot<LineBatch> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The first byte of each entry tells what follows, so that there may be others some day. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LineBatch> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  static TypeInformation<LineBatch> typeInformation() {
    return new SerializerTypeInformation<>(LineBatch.class, INSTANCE);
  }
}
