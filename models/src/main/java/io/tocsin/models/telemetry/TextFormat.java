// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

/** What the text of a log line is. */
public enum TextFormat {
  /** The message field of a structured record; the rest of the record is not in the text. */
  JSON(1),
  /** {@code key=value} pairs, as by Go's loggers. */
  LOGFMT(2),
  /** Anything. */
  TEXT(0);

  private static final TextFormat[] BY_NUMBER = {TEXT, JSON, LOGFMT};

  private final int number;

  TextFormat(int number) {
    this.number = number;
  }

  /** The number of this format in state. */
  public int number() {
    return number;
  }

  /** The format with this number; {@link #TEXT} for numbers of a later release. */
  public static TextFormat ofNumber(int number) {
    return number < 0 || number >= BY_NUMBER.length ? TEXT : BY_NUMBER[number];
  }
}
