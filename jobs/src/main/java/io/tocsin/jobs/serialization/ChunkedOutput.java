// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.core.memory.DataOutputView;

/** Gathers what is written into chunks; what is as large as a chunk is one by itself. */
final class ChunkedOutput extends OutputStream {
  private static final int CHUNK_BYTES = 1 << 14;

  private final DataOutputView target;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int length;

  ChunkedOutput(DataOutputView target) {
    this.target = target;
  }

  @Override
  public void write(int value) throws IOException {
    if (length == chunk.length) {
      emptyChunk();
    }
    chunk[length++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (count > chunk.length - length) {
      emptyChunk();
    }
    if (count >= chunk.length) {
      target.writeInt(count);
      target.write(bytes, from, count);
    } else {
      System.arraycopy(bytes, from, chunk, length, count);
      length += count;
    }
  }

  private void emptyChunk() throws IOException {
    if (length > 0) {
      target.writeInt(length);
      target.write(chunk, 0, length);
      length = 0;
    }
  }

  /** Nothing more is written. */
  void end() throws IOException {
    emptyChunk();
    target.writeInt(0);
  }
}
