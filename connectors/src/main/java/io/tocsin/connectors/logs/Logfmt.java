// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

/** Tells logfmt: {@code time=… level=info msg="hello"}. */
final class Logfmt {
  /** So many pairs at the beginning make a line logfmt. */
  private static final int PAIRS = 2;

  private Logfmt() {}

  /** Whether the text begins with pairs of a key and a value. */
  static boolean is(byte[] text, int from, int to) {
    int at = from;
    for (int pair = 0; pair < PAIRS; pair++) {
      int equals = keyEnd(text, at, to);
      if (equals == at || equals >= to || text[equals] != '=') {
        return false;
      }
      at = valueEnd(text, equals + 1, to);
      if (at < to) {
        at++;
      }
    }
    return true;
  }

  private static int keyEnd(byte[] text, int from, int to) {
    int at = from;
    while (at < to && isOfKey(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean isOfKey(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '_'
        || b == '.'
        || b == '-'
        || b == '@'
        || b == '/';
  }

  /** Where a value ends: at a space, or after a quote that is not escaped. */
  private static int valueEnd(byte[] text, int from, int to) {
    int at = from;
    if (at < to && text[at] == '"') {
      at++;
      while (at < to && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1;
      }
      return Math.min(at + 1, to);
    }
    while (at < to && text[at] != ' ') {
      at++;
    }
    return at;
  }
}
