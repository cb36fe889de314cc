// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/** Values that hold punctuation which else parts words: URLs, times of day, IPv6, a port. */
final class CompoundWord {
  /** What is shorter counts something. */
  private static final int MIN_PORT_DIGITS = 2;

  private static final int DATE_AND_HOUR = 13;

  private CompoundWord() {}

  /**
   * Where the value ends that begins with a word, or where the word itself ends.
   *
   * @param at end of the word
   */
  static int end(byte[] text, int begin, int at, int lineTo, WordForm word) {
    if (at >= lineTo || text[at] != ':') {
      return at;
    }
    if (at + 2 < lineTo && text[at + 1] == '/' && text[at + 2] == '/') {
      return endOfUrl(text, at + 3, lineTo);
    }
    if (isDateAndHour(text, begin, at)) {
      return endOfTime(text, at, lineTo);
    }
    if (at + 1 < lineTo && word.hexGroup(at - begin)) {
      return endOfGroups(text, begin, at, lineTo);
    }
    return at;
  }

  /** What it is that {@link #end} found. */
  static int type(byte[] text, int begin, int at, int after) {
    if (text[at + 1] == '/') {
      return WordForm.URL;
    }
    int colons = 0;
    boolean letters = false;
    for (int i = begin; i < after; i++) {
      colons += text[i] == ':' ? 1 : 0;
      letters |= Bytes.kind(text[i]) == Bytes.LETTER;
    }
    boolean time = isDateAndHour(text, begin, at) || (colons == 2 && !letters);
    return time ? WordForm.TIMESTAMP : WordForm.IP;
  }

  /** Whether a word is a date of ISO 8601 up to the hour. */
  private static boolean isDateAndHour(byte[] text, int begin, int at) {
    return at - begin == DATE_AND_HOUR
        && text[begin + 4] == '-'
        && text[begin + 7] == '-'
        && text[begin + 10] == 'T'
        && Bytes.isDigit(text[begin])
        && Bytes.isDigit(text[at - 1]);
  }

  private static int endOfTime(byte[] text, int from, int lineTo) {
    int at = from;
    while (at < lineTo && (Bytes.isDigit(text[at]) || ":.,+-Z".indexOf(text[at]) >= 0)) {
      at++;
    }
    while (!Bytes.isDigit(text[at - 1]) && text[at - 1] != 'Z') {
      at--;
    }
    return at;
  }

  private static int endOfUrl(byte[] text, int from, int lineTo) {
    int at = from;
    while (at < lineTo
        && Bytes.kind(text[at]) != Bytes.SPACE
        && "\"'<>[]{}|".indexOf(text[at]) < 0) {
      at++;
    }
    while (at > from && ",;:.)".indexOf(text[at - 1]) >= 0) {
      at--;
    }
    return at;
  }

  /** Groups of hexadecimal digits with colons: an address of hardware or IPv6, a time of day. */
  private static int endOfGroups(byte[] text, int begin, int colon, int lineTo) {
    int colons = 0;
    boolean doubled = false;
    boolean digits = true;
    int group = 0;
    int at = begin;
    for (; at < lineTo; at++) {
      byte b = text[at];
      if (b == ':') {
        doubled |= at > begin && text[at - 1] == ':';
        colons++;
        group = 0;
      } else if (Bytes.isHex(b)) {
        digits &= Bytes.isDigit(b);
        if (++group > 4) {
          return colon;
        }
      } else {
        break;
      }
    }
    if (at < lineTo && Bytes.kind(text[at]) >= Bytes.LETTER && text[at] != '.') {
      return colon;
    }
    if (colons == 2 && digits && group == 2 && colon - begin <= 2 && !doubled) {
      return endOfFraction(text, at, lineTo);
    }
    boolean hardware = colons >= 5 && !digits;
    boolean shortened = doubled && colons <= 7 && group > 0;
    return hardware || shortened || colons == 7 ? at : colon;
  }

  private static int endOfFraction(byte[] text, int from, int lineTo) {
    int at = from;
    if (at + 1 < lineTo && text[at] == '.' && Bytes.isDigit(text[at + 1])) {
      at++;
      while (at < lineTo && Bytes.isDigit(text[at])) {
        at++;
      }
    }
    return at;
  }

  /** After an address: where its port ends, or the address itself. */
  static int endOfPort(byte[] text, int from, int lineTo) {
    if (from >= lineTo || text[from] != ':') {
      return from;
    }
    int at = from + 1;
    while (at < lineTo && Bytes.isDigit(text[at])) {
      at++;
    }
    boolean ends = at == lineTo || Bytes.kind(text[at]) < Bytes.LETTER;
    return ends && at - from > MIN_PORT_DIGITS ? at : from;
  }
}
