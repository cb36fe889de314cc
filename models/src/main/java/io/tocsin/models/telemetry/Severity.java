// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import org.jspecify.annotations.Nullable;

/** How grave a log line says it is; the six ranges of OpenTelemetry's severity numbers. */
public enum Severity {
  /** The line does not say. */
  UNKNOWN(0),
  TRACE(1),
  DEBUG(2),
  INFO(3),
  WARN(4),
  ERROR(5),
  FATAL(6);

  private static final Severity[] OF_SYSLOG = {FATAL, FATAL, FATAL, ERROR, WARN, INFO, INFO, DEBUG};

  /** The words that loggers write, lower case, each with what it means. */
  private static final String[][] WORDS = {
    {},
    {"trace", "trc", "finest", "finer", "verbose"},
    {"debug", "dbg", "debu", "fine", "config"},
    {"info", "inf", "information", "informational", "notice", "note", "log"},
    {"warn", "warning", "wrn"},
    {"error", "err", "eror", "severe"},
    {"fatal", "ftl", "critical", "crit", "crt", "alert", "emergency", "emerg", "panic", "dpanic"},
  };

  private static final Severity[] ALL = values();

  private final int number;

  Severity(int number) {
    this.number = number;
  }

  /** The number of this severity in state; the graver, the greater. */
  public int number() {
    return number;
  }

  /** The severity with this number; {@link #UNKNOWN} for numbers of a later release. */
  public static Severity ofNumber(int number) {
    return number < 0 || number >= ALL.length ? UNKNOWN : ALL[number];
  }

  /** The longest word that {@link #ofWord} knows. */
  public static final int LONGEST_WORD = 13;

  /** Of a word in any case, as loggers write it; {@code null} if it is none. */
  public static @Nullable Severity ofWord(byte[] text, int from, int to) {
    int length = to - from;
    if (length < 3 || length > LONGEST_WORD) {
      return null;
    }
    for (int i = 1; i < ALL.length; i++) {
      for (String word : WORDS[i]) {
        if (word.length() == length && is(word, text, from)) {
          return ALL[i];
        }
      }
    }
    return null;
  }

  private static boolean is(String lowerCase, byte[] text, int from) {
    for (int i = 0; i < lowerCase.length(); i++) {
      if ((text[from + i] | 0x20) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Of a syslog severity: 0 (emergency) to 7 (debug); others are {@link #UNKNOWN}. */
  public static Severity ofSyslog(long number) {
    return number < 0 || number >= OF_SYSLOG.length ? UNKNOWN : OF_SYSLOG[(int) number];
  }

  /** Of an OpenTelemetry severity number: 1 (trace) to 24 (fatal); others are {@link #UNKNOWN}. */
  public static Severity ofOtlp(long number) {
    return number < 1 || number > 24 ? UNKNOWN : ALL[(int) ((number + 3) / 4)];
  }
}
