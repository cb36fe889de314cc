// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.models.telemetry.Severity;

/** The header of a syslog line: a cursor that is moved from line to line. */
final class SyslogHeader {
  private static final int LARGEST_PRIORITY = 191;

  private final Timestamps timestamps;
  private byte[] text = new byte[0];
  private int at;
  private int to;

  private Severity severity = Severity.UNKNOWN;
  private long time;
  private final int[] froms = new int[3];
  private final int[] tos = new int[3];

  /** The parts that name where a line is from. */
  enum Part {
    HOST(0),
    PROGRAM(1),
    PROCESS(2);

    private final int place;

    Part(int place) {
      this.place = place;
    }
  }

  SyslogHeader(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  /**
   * Reads a header as rsyslog writes it into files, perhaps with a priority before it: {@code Mar
   * 31 01:51:59 host program[1]: text}, or with a time after RFC 3339.
   *
   * @param near what the year of a time without one is told by, ms since the epoch
   * @return whether it is one
   */
  boolean readTraditional(byte[] line, int from, int end, long near) {
    begin(line, from, end);
    priority();
    int start = at;
    time = timestamps.iso(line, start, end);
    if (time == Timestamps.NONE) {
      time = timestamps.syslog(line, start, end, near);
    }
    if (time == Timestamps.NONE) {
      return false;
    }
    at = timestamps.end();
    if (!space() || !word(Part.HOST) || !space()) {
      return false;
    }
    tag();
    return true;
  }

  /**
   * Reads a header after RFC 5424: {@code <165>1 2003-10-11T22:14:15.003Z host app 1 ID47 - text}.
   *
   * @return whether it is one
   */
  boolean read5424(byte[] line, int from, int end) {
    begin(line, from, end);
    if (!priority() || !is('1')) {
      return false;
    }
    at++;
    return space()
        && readTime()
        && space()
        && word(Part.HOST)
        && space()
        && word(Part.PROGRAM)
        && space()
        && word(Part.PROCESS)
        && space()
        && skipWord()
        && space()
        && structuredData()
        && (at == to || space())
        && skipMark();
  }

  /** A time after RFC 3339, or a dash. */
  private boolean readTime() {
    if (is('-')) {
      at++;
      time = Timestamps.NONE;
      return true;
    }
    time = timestamps.iso(text, at, to);
    at = timestamps.end();
    return time != Timestamps.NONE;
  }

  private void begin(byte[] line, int from, int end) {
    text = line;
    at = from;
    to = end;
    severity = Severity.UNKNOWN;
    for (int i = 0; i < froms.length; i++) {
      froms[i] = from;
      tos[i] = from;
    }
  }

  private boolean priority() {
    if (!is('<')) {
      return false;
    }
    int value = 0;
    int digit = at + 1;
    while (digit < to && digit <= at + 3 && text[digit] >= '0' && text[digit] <= '9') {
      value = value * 10 + text[digit++] - '0';
    }
    if (digit == at + 1 || digit >= to || text[digit] != '>' || value > LARGEST_PRIORITY) {
      return false;
    }
    at = digit + 1;
    severity = Severity.ofSyslog(value & 7);
    return true;
  }

  private boolean space() {
    boolean space = is(' ');
    at += space ? 1 : 0;
    return space;
  }

  /** A word; a dash alone says that there is none. */
  private boolean word(Part part) {
    int start = at;
    boolean word = skipWord();
    boolean none = at == start + 1 && text[start] == '-';
    froms[part.place] = start;
    tos[part.place] = none ? start : at;
    return word;
  }

  private boolean skipWord() {
    int start = at;
    while (at < to && text[at] != ' ') {
      at++;
    }
    return at > start;
  }

  /** {@code program[process]:}, if there is one. */
  private void tag() {
    int start = at;
    int end = at;
    while (end < to && text[end] != ' ' && text[end] != ':' && text[end] != '[') {
      end++;
    }
    if (end == start || end == to || text[end] == ' ') {
      return;
    }
    int after = end;
    if (text[after] == '[') {
      int close = after;
      while (close < to && text[close] != ']' && text[close] != ' ') {
        close++;
      }
      if (close == to || text[close] == ' ') {
        return;
      }
      froms[Part.PROCESS.place] = after + 1;
      tos[Part.PROCESS.place] = close;
      after = close + 1;
    }
    froms[Part.PROGRAM.place] = start;
    tos[Part.PROGRAM.place] = end;
    at = after < to && text[after] == ':' ? after + 1 : after;
    space();
  }

  private boolean structuredData() {
    if (is('-')) {
      at++;
      return true;
    }
    boolean some = false;
    while (is('[')) {
      some = true;
      boolean quoted = false;
      while (at < to && (quoted || text[at] != ']')) {
        quoted ^= text[at] == '"';
        at += text[at] == '\\' ? 2 : 1;
      }
      if (at >= to) {
        at = to;
        return false;
      }
      at++;
    }
    return some;
  }

  /** The byte-order mark that may say that the text is UTF-8. */
  private boolean skipMark() {
    if (to - at >= 3
        && (text[at] & 0xFF) == 0xEF
        && (text[at + 1] & 0xFF) == 0xBB
        && (text[at + 2] & 0xFF) == 0xBF) {
      at += 3;
    }
    // rsyslog leaves the space that a traditional sender puts after the tag.
    space();
    return true;
  }

  private boolean is(char c) {
    return at < to && text[at] == c;
  }

  /** Of the priority; {@link Severity#UNKNOWN} without one. */
  Severity severity() {
    return severity;
  }

  /** The time, ms since the epoch, or {@link Timestamps#NONE}. */
  long time() {
    return time;
  }

  /** Where a part begins. */
  int from(Part part) {
    return froms[part.place];
  }

  /** Where a part ends, exclusive; where it begins if there is none. */
  int to(Part part) {
    return tos[part.place];
  }

  /** Where the text after the header begins. */
  int end() {
    return at;
  }
}
