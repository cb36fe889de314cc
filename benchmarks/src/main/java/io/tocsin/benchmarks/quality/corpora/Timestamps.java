// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Reads the times that corpora are written with; those without a zone are taken for UTC. */
public final class Timestamps {
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-M-d H:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .toFormatter();

  /** A number above this cannot be seconds: they would lie in the year 5138. */
  private static final long MOST_SECONDS = 100_000_000_000L;

  private Timestamps() {}

  /** Milliseconds since the epoch. */
  public static long parse(String text) throws BadLineException {
    try {
      return isNumber(text) ? ofNumber(Long.parseLong(text)) : ofDateTime(text);
    } catch (DateTimeException | NumberFormatException e) {
      throw new BadLineException("\"" + text + "\" is not a time", e);
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long ofNumber(long number) {
    return number > MOST_SECONDS ? number : number * 1000;
  }

  private static long ofDateTime(String text) {
    String plain = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    LocalDateTime time = LocalDateTime.parse(plain.replace('T', ' '), DATE_TIME);
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
