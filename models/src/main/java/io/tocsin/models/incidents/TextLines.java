// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

/** Lines of limited width. Chinese characters are two columns wide. */
final class TextLines {
  static final int COLUMNS = 100;

  /** From here on characters are wide: those of Chinese, Japanese and Korean. */
  private static final int FIRST_WIDE = 0x2E80;

  private final StringBuilder text = new StringBuilder();

  void add(String line) {
    text.append(line).append('\n');
  }

  /** A line of which as much is left as there is room for. */
  void addCut(String line) {
    add(cut(line, COLUMNS));
  }

  @Override
  public String toString() {
    return text.toString();
  }

  static int columns(String line) {
    return line.codePoints().map(TextLines::columns).sum();
  }

  private static int columns(int character) {
    return character >= FIRST_WIDE ? 2 : 1;
  }

  static String cut(String line, int columns) {
    if (columns(line) <= columns) {
      return line;
    }
    StringBuilder cut = new StringBuilder();
    int left = columns - 1;
    for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
      int character = line.codePointAt(at);
      left -= columns(character);
      if (left < 0) {
        break;
      }
      cut.appendCodePoint(character);
    }
    return cut.append('…').toString();
  }
}
