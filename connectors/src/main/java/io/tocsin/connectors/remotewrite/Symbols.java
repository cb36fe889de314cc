// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import java.util.Arrays;

/** Where the symbols of a 2.0 body are. */
final class Symbols {
  private int[] at = new int[64];
  private int[] length = new int[64];
  private int count;

  void clear() {
    count = 0;
  }

  void add(int from, int size) {
    if (count == at.length) {
      at = Arrays.copyOf(at, 2 * count);
      length = Arrays.copyOf(length, 2 * count);
    }
    at[count] = from;
    length[count++] = size;
  }

  int count() {
    return count;
  }

  /** Whether there is such a symbol; references are unsigned. */
  boolean has(int ref) {
    return ref >= 0 && ref < count;
  }

  int at(int ref) {
    return at[ref];
  }

  int length(int ref) {
    return length[ref];
  }
}
