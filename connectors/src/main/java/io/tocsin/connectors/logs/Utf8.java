// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for what is not text, and mends it. */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Utf8() {}

  /** The position of the first byte that is not a whole UTF-8 character or is NUL; or the end. */
  static int firstBad(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at = ascii(bytes, at, to);
      if (at == to) {
        break;
      }
      int length = length(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return at;
  }

  /** The position of the first byte that is not ASCII or is NUL; or the end. */
  private static int ascii(byte[] bytes, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      if ((((word - ONES) | word) & HIGHS) != 0) {
        break;
      }
      at += Long.BYTES;
    }
    while (at < to && bytes[at] > 0) {
      at++;
    }
    return at;
  }

  /** The length of the character here; 0 if it is none, or NUL. */
  private static int length(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return first == 0 ? 0 : 1;
    }
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    return switch (first) {
      case 0xE0 -> second >= 0xA0 ? 3 : 0;
      case 0xED -> second < 0xA0 ? 3 : 0;
      case 0xF0 -> second >= 0x90 ? 4 : 0;
      case 0xF4 -> second < 0x90 ? 4 : 0;
      default -> length;
    };
  }

  /**
   * Copies text, with U+FFFD for each byte that is not part of a character and for NUL; {@code out}
   * needs room for three times its length.
   *
   * @return where the copy ends
   */
  static int mend(byte[] bytes, int from, int to, byte[] out, int start) {
    int at = from;
    int put = start;
    while (at < to) {
      int good = firstBad(bytes, at, to);
      System.arraycopy(bytes, at, out, put, good - at);
      put += good - at;
      at = good;
      if (at < to) {
        out[put++] = (byte) 0xEF;
        out[put++] = (byte) 0xBF;
        out[put++] = (byte) 0xBD;
        at++;
      }
    }
    return put;
  }

  /** The greatest position up to {@code at} that is not within a character. */
  static int boundary(byte[] bytes, int from, int at) {
    int boundary = at;
    while (boundary > from && at - boundary < 3 && (bytes[boundary] & 0xC0) == 0x80) {
      boundary--;
    }
    return (bytes[boundary] & 0xC0) == 0x80 ? at : boundary;
  }
}
