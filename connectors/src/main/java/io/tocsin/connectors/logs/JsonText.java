// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.connectors.logs.JsonScanner.Kind;

/** The text of a field that a scanner found: a cursor, moved from field to field. */
final class JsonText {
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

  /** Moves to nothing. */
  void none() {
    bytes = json;
    from = 0;
    to = 0;
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
