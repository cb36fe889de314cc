// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Byte arrays eight bytes at a time; nothing outside the given range is touched. */
final class Words {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH = 0x8080808080808080L;

  private Words() {}

  static long longAt(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long word) {
    LONGS.set(bytes, at, word);
  }

  /** Eight ASCII characters as {@link #longAt} reads them. */
  static long ofText(String eight) {
    return longAt(eight.getBytes(StandardCharsets.US_ASCII), 0);
  }

  /** How many bytes the varint at the low end of a word has; 9 when it does not end in it. */
  static int varintBytes(long word) {
    return (Long.numberOfTrailingZeros(~word & HIGH) >>> 3) + 1;
  }

  /** The value of a varint that fills a word from its low end; above it there are zeros. */
  static long varint(long word) {
    long x = word & 0x7F7F7F7F7F7F7F7FL;
    x = (x & 0x007F007F007F007FL) | (x & 0x7F007F007F007F00L) >>> 1;
    x = (x & 0x00003FFF00003FFFL) | (x & 0x3FFF00003FFF0000L) >>> 2;
    return (x & 0x000000000FFFFFFFL) | (x & 0x0FFFFFFF00000000L) >>> 4;
  }

  private static int intAt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static boolean same(byte[] bytes, int a, int b, int length) {
    if (length >= 8) {
      int last = length - 8;
      for (int i = 0; i < last; i += 8) {
        if (longAt(bytes, a + i) != longAt(bytes, b + i)) {
          return false;
        }
      }
      return longAt(bytes, a + last) == longAt(bytes, b + last);
    }
    if (length >= 4) {
      return intAt(bytes, a) == intAt(bytes, b)
          && intAt(bytes, a + length - 4) == intAt(bytes, b + length - 4);
    }
    for (int i = 0; i < length; i++) {
      if (bytes[a + i] != bytes[b + i]) {
        return false;
      }
    }
    return true;
  }

  /** Compares two ranges as unsigned bytes, a shorter one before what it begins. */
  static int compare(byte[] bytes, int a, int aLength, int b, int bLength) {
    int shared = Math.min(aLength, bLength);
    for (int i = 0; i < shared; i++) {
      int difference = (bytes[a + i] & 0xFF) - (bytes[b + i] & 0xFF);
      if (difference != 0) {
        return difference;
      }
    }
    return aLength - bLength;
  }

  /** Whether all bytes are below 0x80. */
  static boolean ascii(byte[] bytes, int from, int length) {
    if (length >= 8) {
      int last = from + length - 8;
      long seen = longAt(bytes, last);
      for (int i = from; i < last; i += 8) {
        seen |= longAt(bytes, i);
      }
      return (seen & HIGH) == 0;
    }
    int seen = 0;
    for (int i = from; i < from + length; i++) {
      seen |= bytes[i];
    }
    return seen >= 0;
  }

  /** Whether the bytes are UTF-8: no overlong form, no surrogate, nothing over U+10FFFF. */
  static boolean utf8(byte[] bytes, int from, int length) {
    if (ascii(bytes, from, length)) {
      return true;
    }
    int end = from + length;
    int at = from;
    while (at < end) {
      int size = characterLength(bytes, at, end);
      if (size == 0) {
        return false;
      }
      at += size;
    }
    return true;
  }

  /** How many bytes the character at this place has; 0 when it is none. */
  private static int characterLength(byte[] bytes, int at, int end) {
    int first = bytes[at];
    if (first >= 0) {
      return 1;
    }
    if (first < (byte) 0xE0) {
      return first >= (byte) 0xC2 && continued(bytes, at + 1, 1, end) ? 2 : 0;
    }
    if (first < (byte) 0xF0) {
      if (!continued(bytes, at + 1, 2, end)) {
        return 0;
      }
      boolean overlong = first == (byte) 0xE0 && bytes[at + 1] < (byte) 0xA0;
      boolean surrogate = first == (byte) 0xED && bytes[at + 1] >= (byte) 0xA0;
      return overlong || surrogate ? 0 : 3;
    }
    if (first > (byte) 0xF4 || !continued(bytes, at + 1, 3, end)) {
      return 0;
    }
    boolean overlong = first == (byte) 0xF0 && bytes[at + 1] < (byte) 0x90;
    boolean beyond = first == (byte) 0xF4 && bytes[at + 1] >= (byte) 0x90;
    return overlong || beyond ? 0 : 4;
  }

  private static boolean continued(byte[] bytes, int at, int count, int end) {
    if (end - at < count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (bytes[at + i] > (byte) 0xBF) {
        return false;
      }
    }
    return true;
  }
}
