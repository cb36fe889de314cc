// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import org.apache.flink.api.java.typeutils.runtime.DataInputViewStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * State as a block of chunks, each after its length, with a length of zero at the end. Flink writes
 * and restores files with hardly a buffer: number by number, each byte would cost a call of several
 * streams or of the system. A table's pages are chunks of their own, which nobody copies.
 */
public final class Block {
  /** In the place of the version, which is positive, that earlier releases began with. */
  private static final int MARK = -2;

  private Block() {}

  /** Writes a value. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(DataOutput out) throws IOException;
  }

  /** Reads what a {@link Writer} wrote. */
  @FunctionalInterface
  public interface Reader<T> {
    T readFrom(DataInput in) throws IOException;
  }

  /** Writes a value as a block. */
  public static void write(Writer value, DataOutputView target) throws IOException {
    target.writeInt(MARK);
    ChunkedOutput chunks = new ChunkedOutput(target);
    DataOutputStream out = new DataOutputStream(chunks);
    value.writeTo(out);
    chunks.end();
  }

  /** Reads a value, also one that an earlier release wrote without a block. */
  public static <T> T read(Reader<T> reader, DataInputView source) throws IOException {
    int first = source.readInt();
    if (first != MARK) {
      InputStream begun =
          new ByteArrayInputStream(ByteBuffer.allocate(Integer.BYTES).putInt(first).array());
      return reader.readFrom(
          new DataInputStream(new SequenceInputStream(begun, new DataInputViewStream(source))));
    }
    ChunkedInput chunks = new ChunkedInput(source);
    T value = reader.readFrom(new DataInputStream(chunks));
    chunks.end();
    return value;
  }
}
