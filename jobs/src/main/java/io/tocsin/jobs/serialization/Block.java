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
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import org.apache.flink.api.java.typeutils.runtime.DataInputViewStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * State as one block of bytes after its length. Flink restores from a file without a buffer: read
 * number by number, each byte would be a call of the system.
 */
public final class Block {
  /** In the place of the version, which is positive, that earlier releases began with. */
  private static final int MARK = -1;

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

  /**
   * Writes a value as a block. It is written twice, the first time to be counted: tables are made
   * of pages that are written as they are, and a buffer would be as large as the table.
   *
   * @throws IOException if it is longer than a block can be
   */
  public static void write(Writer value, DataOutputView target) throws IOException {
    DataOutputStream counted = new DataOutputStream(OutputStream.nullOutputStream());
    value.writeTo(counted);
    if (counted.size() == Integer.MAX_VALUE) {
      throw new IOException("the state of one key exceeds the 2 GiB that a block can hold");
    }
    target.writeInt(MARK);
    target.writeInt(counted.size());
    value.writeTo(target);
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
    int length = source.readInt();
    if (length < 0) {
      throw new IOException("the state has a block of " + length + " bytes, which cannot be");
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return reader.readFrom(new DataInputDeserializer(bytes));
  }
}
