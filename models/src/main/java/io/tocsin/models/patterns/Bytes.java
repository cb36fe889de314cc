// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/** What single bytes of a line are, as a table: letters, digits, spaces, punctuation. */
final class Bytes {
  /** Between words, worth nothing: blanks, control characters, NUL. */
  static final byte SPACE = 0;

  /** Between words, part of a line's shape. */
  static final byte GLUE = 1;

  /** A letter or a byte of a character beyond ASCII, valid or not. */
  static final byte LETTER = 2;

  static final byte DIGIT = 3;

  /** Punctuation within words. */
  static final byte INNER = 4;

  static final byte[] CLASS = new byte[256];
  static final boolean[] HEX = new boolean[256];

  static {
    for (int i = 0; i < 256; i++) {
      CLASS[i] = i <= ' ' || i == 0x7f ? SPACE : i >= 0x80 ? LETTER : INNER;
    }
    fill('a', 'z', LETTER);
    fill('A', 'Z', LETTER);
    fill('0', '9', DIGIT);
    for (char c : ",;:=()[]{}<>\"'`|".toCharArray()) {
      CLASS[c] = GLUE;
    }
    for (char c : "0123456789abcdefABCDEF".toCharArray()) {
      HEX[c] = true;
    }
  }

  private Bytes() {}

  private static void fill(char from, char to, byte kind) {
    for (int i = from; i <= to; i++) {
      CLASS[i] = kind;
    }
  }

  static byte kind(byte b) {
    return CLASS[b & 0xff];
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isHex(byte b) {
    return HEX[b & 0xff];
  }

  /** Lower case of an ASCII letter; other bytes as they are. */
  static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
  }

  /** Whether the bytes are a lower-case text, whatever their case. */
  static boolean equal(byte[] bytes, int from, int to, String lower) {
    if (to - from != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      if (lower(bytes[from + i]) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
