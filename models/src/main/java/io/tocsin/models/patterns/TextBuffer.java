// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.util.Arrays;

/** Bytes that are put together, and used again for the next text. */
final class TextBuffer {
  private static final int FIRST_BYTES = 1_024;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  void put(byte[] text) {
    put(text, 0, text.length);
  }

  void put(byte[] text, int from, int to) {
    int more = to - from;
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
    System.arraycopy(text, from, bytes, length, more);
    length += more;
  }

  /** A copy of so many of its bytes at most. */
  byte[] copy(int limit) {
    return Arrays.copyOf(bytes, Math.min(length, limit));
  }
}
