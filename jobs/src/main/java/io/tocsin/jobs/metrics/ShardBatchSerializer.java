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

/** Writes a {@link ShardBatch} as two blocks of bytes. For edges only; no state holds batches. */
public final class ShardBatchSerializer extends SimpleSerializer<ShardBatch> {
  public static final ShardBatchSerializer INSTANCE = new ShardBatchSerializer();

  private static final byte[] NONE = {};

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public ShardBatch createInstance() {
    return new ShardBatch(0, 0, false, NONE, NONE);
  }

  @Override
  public ShardBatch copy(ShardBatch from) {
    return from;
  }

  @Override
  public void serialize(ShardBatch batch, DataOutputView target) throws IOException {
    target.writeInt(batch.shard());
    target.writeLong(batch.arrival());
    target.writeBoolean(batch.history());
    target.writeInt(batch.samples().length);
    target.writeInt(batch.extras().length);
    target.write(batch.samples());
    target.write(batch.extras());
  }

  @Override
  public ShardBatch deserialize(DataInputView source) throws IOException {
    int shard = source.readInt();
    long arrival = source.readLong();
    boolean history = source.readBoolean();
    byte[] samples = new byte[source.readInt()];
    byte[] extras = new byte[source.readInt()];
    source.readFully(samples);
    source.readFully(extras);
    return new ShardBatch(shard, arrival, history, samples, extras);
  }

  @Override
  public TypeSerializerSnapshot<ShardBatch> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The format has no version: it never outlives a job. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ShardBatch> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Type information of batches. */
  static TypeInformation<ShardBatch> typeInformation() {
    return new SerializerTypeInformation<>(ShardBatch.class, INSTANCE);
  }
}
