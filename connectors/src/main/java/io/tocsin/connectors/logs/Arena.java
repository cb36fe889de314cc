// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

/** Room for bytes that have to be made anew for a record: what was unescaped or mended. */
final class Arena {
  private static final int FIRST = 16 << 10;

  /** More than this is given back when the record is done. */
  private static final int KEPT = 1 << 20;

  private byte[] bytes = new byte[FIRST];
  private int top;

  /** Everything that was reserved is free again. */
  void clear() {
    top = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[FIRST];
    }
  }

  /** Sees that so many bytes are free; what was written before may then lie in another array. */
  void reserve(int length) {
    if (bytes.length - top < length) {
      // Ranges that were given out keep the old array.
      bytes = new byte[Math.max(length, 2 * bytes.length)];
      top = 0;
    }
  }

  /** The array that is written into, from {@link #top}. */
  byte[] bytes() {
    return bytes;
  }

  /** Where free room begins. */
  int top() {
    return top;
  }

  /** Keeps what was written up to here. */
  void keepTo(int newTop) {
    top = newTop;
  }
}
