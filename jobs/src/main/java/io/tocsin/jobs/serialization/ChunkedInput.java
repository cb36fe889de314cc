// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.core.memory.DataInputView;

/** Reads chunks as {@link ChunkedOutput} wrote them, and no farther than their end. */
final class ChunkedInput extends InputStream {
  private final DataInputView source;
  private byte[] chunk = new byte[0];
  private int length;
  private int at;
  private boolean ended;

  ChunkedInput(DataInputView source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    return at < length || nextChunk() ? chunk[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (at == length && !nextChunk()) {
      return -1;
    }
    int some = Math.min(count, length - at);
    System.arraycopy(chunk, at, bytes, from, some);
    at += some;
    return some;
  }

  private boolean nextChunk() throws IOException {
    if (ended) {
      return false;
    }
    length = source.readInt();
    at = 0;
    if (length < 0) {
      throw new IOException("the state has a chunk of " + length + " bytes, which cannot be");
    }
    ended = length == 0;
    if (length > chunk.length) {
      chunk = new byte[length];
    }
    source.readFully(chunk, 0, length);
    return !ended;
  }

  /**
   * Goes to the end.
   *
   * @throws IOException if something is left
   */
  void end() throws IOException {
    if (read() >= 0) {
      throw new IOException("the state has more bytes than were written of it");
    }
  }
}
