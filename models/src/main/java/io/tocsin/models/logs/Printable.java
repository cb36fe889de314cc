// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

/**
 * Puts a question mark in the place of each control character but tab and newline. Terminals obey
 * them: whoever may write a line to a log must not be able to steer the terminal that shows it.
 */
final class Printable {
  private static final char MARK = '?';
  private static final int DELETE = 0x7F;

  /** UTF-8 of U+0080 to U+009F is this byte and one of the same number. */
  private static final byte LEAD = (byte) 0xC2;

  private static final int FIRST_OF_C1 = 0x80;
  private static final int LAST_OF_C1 = 0x9F;

  private Printable() {}

  /** Does so in a text in UTF-8. */
  static void make(byte[] utf8) {
    for (int i = 0; i < utf8.length; i++) {
      if (isC0(utf8[i])) {
        utf8[i] = (byte) mark(utf8[i]);
      } else if (utf8[i] == LEAD && i + 1 < utf8.length && isC1(utf8[i + 1] & 0xFF)) {
        utf8[i] = MARK;
        utf8[++i] = MARK;
      }
    }
  }

  /** The text without them. */
  static String of(String text) {
    StringBuilder made = new StringBuilder(text);
    for (int i = 0; i < made.length(); i++) {
      if (isC0(made.charAt(i)) || isC1(made.charAt(i))) {
        made.setCharAt(i, mark(made.charAt(i)));
      }
    }
    return made.toString();
  }

  /** Before a newline, a carriage return is nothing odd. */
  private static char mark(int control) {
    return control == '\r' ? ' ' : MARK;
  }

  private static boolean isC0(int c) {
    return (c >= 0 && c < ' ' && c != '\t' && c != '\n') || c == DELETE;
  }

  private static boolean isC1(int c) {
    return c >= FIRST_OF_C1 && c <= LAST_OF_C1;
  }
}
