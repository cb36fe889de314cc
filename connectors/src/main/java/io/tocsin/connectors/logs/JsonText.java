// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.connectors.logs.JsonScanner.Kind;
import io.tocsin.models.telemetry.Severity;

/** The text of a field that a scanner found: a cursor, moved from field to field. */
final class JsonText {
  /** No name of a source, time, severity or trace id is longer. */
  private static final int LONGEST_WORD = 512;

  private final JsonScanner scanner;
  private final Arena arena;
  private byte[] json = new byte[0];
  private byte[] bytes = new byte[0];
  private int from;
  private int to;

  JsonText(JsonScanner scanner, Arena arena) {
    this.scanner = scanner;
    this.arena = arena;
  }

  /** Begins an object in this array. */
  void begin(byte[] json) {
    this.json = json;
  }

  /**
   * Moves to a field.
   *
   * @param limit of a longer text only a little more than so many bytes is given
   * @return whether the field is there; without it the text is empty
   */
  boolean read(LogField field, int limit) {
    Kind kind = scanner.kind(field);
    bytes = json;
    from = kind == Kind.ABSENT ? 0 : scanner.from(field);
    to = kind == Kind.ABSENT ? 0 : scanner.to(field);
    if (kind == Kind.ESCAPED) {
      int most = Math.min(limit, to - from);
      arena.reserve(most + 4);
      int start = arena.top();
      int end = Unescape.into(json, from, to, arena.bytes(), start, most);
      arena.keepTo(end);
      bytes = arena.bytes();
      from = start;
      to = end;
    }
    return kind != Kind.ABSENT;
  }

  /**
   * Moves to a field that is a word or a number. One of another type is told of, and is as if it
   * were not there.
   *
   * @return whether the field is there; without it the text is empty
   */
  boolean readWord(LogField field, LogSink sink) {
    Kind kind = scanner.kind(field);
    if (kind == Kind.OBJECT || kind == Kind.ARRAY || kind == Kind.BOOLEAN) {
      sink.flawed(LogRejection.WRONG_TYPE);
      bytes = json;
      from = 0;
      to = 0;
      return false;
    }
    return read(field, LONGEST_WORD);
  }

  /** The severity; {@link Severity#UNKNOWN} if it is not there or not known. */
  Severity readSeverity(SeverityNumbers numbers, LogSink sink) {
    if (!readWord(LogField.SEVERITY, sink)) {
      return Severity.UNKNOWN;
    }
    int number = number();
    if (number >= 0) {
      return numbers.of(number);
    }
    Severity named = Severity.ofWord(bytes, from, to);
    return named == null ? Severity.UNKNOWN : named;
  }

  /** The text as a number of at most three digits; -1 if it is none. */
  private int number() {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || i - from >= 3) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return from == to ? -1 : value;
  }

  /** Whether the text is a JSON object, but for what is around it. */
  boolean isObject() {
    int end = to;
    while (end > from && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
      end--;
    }
    return end > from && bytes[from] == '{' && bytes[end - 1] == '}';
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
