// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.util.Locale;

/** How severe a line is. The order is that of written state: append only. */
public enum LogLevel {
  /** The line does not say. */
  NONE,
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  static final int COUNT = values().length;

  private static final LogLevel[] ALL = values();

  static LogLevel of(byte number) {
    return ALL[number];
  }

  /** Its number in state and batches. */
  public byte number() {
    return (byte) ordinal();
  }

  /** The value of the label {@code level}; empty for none. */
  public String label() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
  }

  /** Whether it tells of an error. */
  boolean isError() {
    return this == ERROR || this == FATAL;
  }
}
