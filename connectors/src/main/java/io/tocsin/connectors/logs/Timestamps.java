// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/** Reads the times that log records carry, without making objects for those of the same day. */
final class Timestamps {
  /** There is no time that can be read. */
  static final long NONE = Long.MIN_VALUE;

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final int DATE_LENGTH = 10;
  private static final int SYSLOG_LENGTH = 15;

  private final ZoneRules zone;
  private byte[] text = new byte[0];
  private int at;
  private int to;

  private int cachedDate = -1;
  private long cachedDay;
  private long cachedHour = NONE;
  private long cachedOffset;

  Timestamps(String zone) {
    this.zone = ZoneId.of(zone).getRules();
  }

  /** Where the time that was read last ends. */
  int end() {
    return at;
  }

  /**
   * A time as in RFC 3339 at the beginning of a text, in ms since the epoch, or {@link #NONE}. A
   * space may be where the T is, a comma before the fraction; without an offset it is of the zone
   * that is configured.
   */
  long iso(byte[] bytes, int from, int end) {
    begin(bytes, from, end);
    if (end - from < DATE_LENGTH + 9 || !is(from + 4, '-') || !is(from + 7, '-')) {
      return NONE;
    }
    long day = day(number(from, 4), number(from + 5, 2), number(from + 8, 2));
    at = from + DATE_LENGTH;
    boolean separated = is(at, 'T') || is(at, ' ') || is(at, 't') || is(at, '_');
    at++;
    long time = clock();
    return !separated || day == NONE || time < 0 ? NONE : zoned(day + time);
  }

  /**
   * A number in digits, since the epoch: of seconds, ms, µs or ns, which is told by its size. It is
   * taken whole; {@link #NONE} if there is more than the number.
   */
  long epoch(byte[] bytes, int from, int end) {
    begin(bytes, from, end);
    long whole = 0;
    int digits = 0;
    while (at < to && isDigit(text[at]) && digits < 19) {
      whole = whole * 10 + text[at++] - '0';
      digits++;
    }
    if (digits == 0 || whole < 0) {
      return NONE;
    }
    long fraction = at < to && text[at] == '.' ? fraction() : 0;
    if (at < to && (text[at] | 0x20) == 'e') {
      return scientific(from);
    }
    if (at != to) {
      return NONE;
    }
    if (whole < 100_000_000_000L) {
      return whole * SECOND + fraction;
    }
    return whole < 100_000_000_000_000L
        ? whole
        : whole < 100_000_000_000_000_000L ? whole / 1_000 : whole / 1_000_000;
  }

  /** As some write large numbers: {@code 1.7e9}. */
  private long scientific(int from) {
    try {
      double seconds =
          Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII));
      at = to;
      return seconds >= 0 && seconds < 1e11 ? Math.round(seconds * SECOND) : NONE;
    } catch (NumberFormatException e) {
      return NONE;
    }
  }

  /**
   * A traditional syslog time, {@code Mar 31 01:51:59}, of the year that brings it nearest to
   * another time.
   */
  long syslog(byte[] bytes, int from, int end, long near) {
    begin(bytes, from, end);
    if (end - from < SYSLOG_LENGTH) {
      return NONE;
    }
    int month = month();
    boolean spaced = is(from + 3, ' ') && is(from + 6, ' ');
    int dayOfMonth = is(from + 4, ' ') ? number(from + 5, 1) : number(from + 4, 2);
    at = from + 7;
    long time = clock();
    return spaced && time >= 0 ? nearest(month, dayOfMonth, time, near) : NONE;
  }

  private long nearest(int month, int dayOfMonth, long time, long near) {
    int year = LocalDate.ofEpochDay(Math.floorDiv(near, DAY)).getYear();
    long best = NONE;
    for (int candidate = year - 1; candidate <= year + 1; candidate++) {
      long day = day(candidate, month, dayOfMonth);
      if (day != NONE) {
        long utc = day + time - offset(day + time);
        best = best == NONE || Math.abs(utc - near) < Math.abs(best - near) ? utc : best;
      }
    }
    return best;
  }

  private int month() {
    for (int i = 0; i < MONTHS.length(); i += 3) {
      if (is(at, MONTHS.charAt(i))
          && is(at + 1, MONTHS.charAt(i + 1))
          && is(at + 2, MONTHS.charAt(i + 2))) {
        return i / 3 + 1;
      }
    }
    return 0;
  }

  private void begin(byte[] bytes, int from, int end) {
    text = bytes;
    at = from;
    to = end;
  }

  /** {@code hh:mm:ss} with a fraction or without; negative if it is none. */
  private long clock() {
    int start = at;
    if (to - start < 8 || !is(start + 2, ':') || !is(start + 5, ':')) {
      return -1;
    }
    int hours = number(start, 2);
    int minutes = number(start + 3, 2);
    int seconds = number(start + 6, 2);
    at = start + 8;
    if (hours < 0 || minutes < 0 || seconds < 0 || hours > 23 || minutes > 59 || seconds > 60) {
      return -1;
    }
    long fraction =
        at + 1 < to && (is(at, '.') || is(at, ',')) && isDigit(text[at + 1]) ? fraction() : 0;
    return hours * HOUR + minutes * MINUTE + seconds * SECOND + fraction;
  }

  /** A point and digits, as ms. */
  private long fraction() {
    at++;
    long millis = 0;
    long unit = 100;
    while (at < to && isDigit(text[at])) {
      millis += (text[at++] - '0') * unit;
      unit /= 10;
    }
    return millis;
  }

  /** A local time less the offset that follows it, or that of the zone. */
  private long zoned(long local) {
    if (at < to && (text[at] | 0x20) == 'z') {
      at++;
      return local;
    }
    if (at + 4 < to && (is(at, '+') || is(at, '-'))) {
      int colon = is(at + 3, ':') ? 1 : 0;
      int hours = number(at + 1, 2);
      int minutes = at + 5 + colon <= to ? number(at + 3 + colon, 2) : -1;
      if (hours >= 0 && minutes >= 0) {
        long offset = hours * HOUR + minutes * MINUTE;
        boolean east = is(at, '+');
        at += 5 + colon;
        return east ? local - offset : local + offset;
      }
    }
    return local - offset(local);
  }

  private long offset(long local) {
    long hour = Math.floorDiv(local, HOUR);
    if (hour != cachedHour) {
      cachedHour = hour;
      LocalDateTime time = LocalDateTime.ofEpochSecond(hour * 3600, 0, ZoneOffset.UTC);
      cachedOffset = zone.getOffset(time).getTotalSeconds() * SECOND;
    }
    return cachedOffset;
  }

  /** The ms since the epoch at which a day begins. */
  private long day(int year, int month, int dayOfMonth) {
    int date = (year * 100 + month) * 100 + dayOfMonth;
    if (date == cachedDate) {
      return cachedDay;
    }
    if (year < 0 || month < 1 || month > 12 || dayOfMonth < 1) {
      return NONE;
    }
    if (dayOfMonth > YearMonth.of(year, month).lengthOfMonth()) {
      return NONE;
    }
    cachedDate = date;
    cachedDay = LocalDate.of(year, month, dayOfMonth).toEpochDay() * DAY;
    return cachedDay;
  }

  private int number(int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      if (i >= to || !isDigit(text[i])) {
        return -1;
      }
      value = value * 10 + text[i] - '0';
    }
    return value;
  }

  private boolean is(int position, char c) {
    return position < to && text[position] == c;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
