// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What a savepoint says about a {@link CodecSerializer}: the record type's name. Each record names
 * its own schema, so there is nothing to migrate.
 */
public final class CodecSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
  private static final int VERSION = 1;

  private @Nullable RecordType<T> type;

  /** For Flink, which then calls {@link #readSnapshot}. */
  public CodecSerializerSnapshot() {}

  CodecSerializerSnapshot(RecordType<T> type) {
    this.type = type;
  }

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(type().name());
  }

  @Override
  @SuppressWarnings("unchecked") // The name stands for the type that was written.
  public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "version "
              + version
              + " of a record serializer is unknown; the state is of a later"
              + " release");
    }
    type = (RecordType<T>) RecordType.named(in.readUTF());
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return new CodecSerializer<>(type());
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    return old instanceof CodecSerializerSnapshot<T> that && type().equals(that.type())
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }

  private RecordType<T> type() {
    if (type == null) {
      throw new IllegalStateException("the snapshot has not been read yet");
    }
    return type;
  }
}
