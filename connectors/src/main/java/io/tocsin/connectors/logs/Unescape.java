// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

/** Takes the escape sequences out of JSON strings. */
final class Unescape {
  private static final int REPLACEMENT = 0xFFFD;

  private Unescape() {}

  /**
   * Writes the text that a JSON string stands for, as UTF-8. An escape sequence that is none stands
   * for the character after the backslash, half of a surrogate pair for U+FFFD.
   *
   * @param limit at most about so many bytes are written, never more than four over it
   * @return where what was written ends in {@code out}
   */
  static int into(byte[] json, int from, int to, byte[] out, int start, int limit) {
    int at = from;
    int put = start;
    while (at < to && put - start < limit) {
      byte b = json[at++];
      if (b != '\\' || at == to) {
        out[put++] = b;
        continue;
      }
      byte escape = json[at++];
      if (escape != 'u') {
        out[put++] = plain(escape);
        continue;
      }
      int unit = hex(json, at, to);
      at = Math.min(at + 4, to);
      if (unit >= 0xD800 && unit <= 0xDBFF) {
        int low =
            at + 6 <= to && json[at] == '\\' && json[at + 1] == 'u' ? hex(json, at + 2, to) : -1;
        boolean pair = low >= 0xDC00 && low <= 0xDFFF;
        at += pair ? 6 : 0;
        unit = pair ? Character.toCodePoint((char) unit, (char) low) : REPLACEMENT;
      }
      put = utf8(unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF) ? REPLACEMENT : unit, out, put);
    }
    return put;
  }

  private static byte plain(byte escape) {
    return (byte)
        switch (escape) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          default -> escape;
        };
  }

  private static int hex(byte[] json, int from, int to) {
    if (to - from < 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(json[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  private static int utf8(int point, byte[] out, int start) {
    int put = start;
    if (point < 0x80) {
      out[put++] = (byte) point;
    } else if (point < 0x800) {
      out[put++] = (byte) (0xC0 | (point >> 6));
      out[put++] = (byte) (0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
      out[put++] = (byte) (0xE0 | (point >> 12));
      out[put++] = (byte) (0x80 | ((point >> 6) & 0x3F));
      out[put++] = (byte) (0x80 | (point & 0x3F));
    } else {
      out[put++] = (byte) (0xF0 | (point >> 18));
      out[put++] = (byte) (0x80 | ((point >> 12) & 0x3F));
      out[put++] = (byte) (0x80 | ((point >> 6) & 0x3F));
      out[put++] = (byte) (0x80 | (point & 0x3F));
    }
    return put;
  }
}
