// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import io.tocsin.connectors.avro.UnreadableRecordException;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes records as their topics do, after their length. The bytes name their schema, so state of
 * an earlier release is read as long as its schemas are known.
 */
public final class CodecSerializer<T> extends SimpleSerializer<T> {
  private final RecordType<T> type;

  public CodecSerializer(RecordType<T> type) {
    this.type = type;
  }

  @Override
  public void serialize(T record, DataOutputView target) throws IOException {
    byte[] bytes = type.codec().encode(record);
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    try {
      return type.codec().decode(bytes);
    } catch (UnreadableRecordException e) {
      throw new IOException(
          "a record of type " + type + " in state or on an edge cannot be read: " + e.getMessage(),
          e);
    }
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  /** Records have no empty form. */
  @Override
  @SuppressWarnings("NullAway") // Flink asks for the sake of reuse only, and none is reused.
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new CodecSerializerSnapshot<>(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecSerializer<?> that && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }
}
