// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/**
 * What a word of a line looks like. Counted byte by byte while the word is scanned, decided when it
 * ends.
 */
final class WordForm {
  /** Value of {@link #decide}: a word like any other. */
  static final int PLAIN = -1;

  /** Value of {@link #decide}: a word that looks like a value, which the others must confirm. */
  static final int LIKELY = -2;

  /** Value of {@link #decide}: the name of a month or a day, a value beside other values. */
  static final int CALENDAR = -3;

  /** A word that is hidden. */
  static final int SECRET = 0;

  static final int NUMBER = 1;
  static final int IP = 2;
  static final int HEX = 3;
  static final int UUID = 4;
  static final int TIMESTAMP = 5;
  static final int PATH = 6;
  static final int URL = 7;
  static final int EMAIL = 8;
  static final int DURATION = 9;
  static final int SIZE = 10;
  static final int QUOTED = 11;
  static final int ID = 12;
  static final int LIST = 13;
  static final int HOST = 14;

  /** By the codes of values above. */
  static final ParameterType[] TYPES = {
    ParameterType.WORD,
    ParameterType.NUMBER,
    ParameterType.IP,
    ParameterType.HEX,
    ParameterType.UUID,
    ParameterType.TIMESTAMP,
    ParameterType.PATH,
    ParameterType.URL,
    ParameterType.EMAIL,
    ParameterType.DURATION,
    ParameterType.SIZE,
    ParameterType.QUOTED,
    ParameterType.ID,
    ParameterType.LIST,
    ParameterType.HOST
  };

  private static final int UUID_BYTES = 36;

  /** Fewer digits than these among letters may be part of a name. */
  private static final int ID_DIGITS = 3;

  private static final String CALENDAR_NAMES =
      "mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec";
  private static final String[] CONSTANTS = {"null", "none", "nil"};
  private static final String[] DURATIONS = {
    "ns", "us", "ms", "s", "sec", "secs", "second", "seconds", "msec", "m", "min", "mins", "h",
    "hr", "hrs", "d"
  };
  private static final String[] SIZES = {
    "b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "k", "g", "bytes"
  };

  /** Value of {@link #decide}: all in capitals, a state or a method rather than a value. */
  static final int CAPITALS = -4;

  /** Value of {@link #decide}: letters with a digit or two. */
  static final int NUMBERED = -5;

  /** Nothing, between brackets or quotation marks. */
  static final int EMPTY = -6;

  /** Bits of {@link #COUNTS}; digits are the lowest ones. */
  private static final int LETTERS = 8;

  private static final int HEX_LETTERS = 16;
  private static final int CAPITAL_LETTERS = 24;
  private static final int DOTS = 32;
  private static final int SLASHES = 40;
  private static final int DASHES = 48;
  private static final int ATS = 56;
  private static final int OTHERS = 58;
  private static final int UNDERSCORES = 61;

  /** What of a word is counted; of more bytes a count might overflow into another one. */
  static final int COUNTED_BYTES = 255;

  /** What each byte adds to the counts of a word, or 0 for a byte that is in no word. */
  static final long[] COUNTS = new long[256];

  static {
    for (int i = 0; i < 256; i++) {
      COUNTS[i] = count((byte) i);
    }
  }

  private static final long NOT_LETTERS = -1L << DOTS | 0xff;

  private long counts;

  private static long count(byte b) {
    return switch (Bytes.kind(b)) {
      case Bytes.DIGIT -> 1;
      case Bytes.LETTER ->
          (1L << LETTERS)
              | (Bytes.isHex(b) ? 1L << HEX_LETTERS : 0)
              | (b >= 'A' && b <= 'Z' ? 1L << CAPITAL_LETTERS : 0);
      case Bytes.INNER -> inner(b);
      default -> 0;
    };
  }

  private static long inner(byte b) {
    return switch (b) {
      case '.' -> 1L << DOTS;
      case '/', '\\' -> 1L << SLASHES;
      case '-' -> 1L << DASHES;
      case '@' -> 1L << ATS;
      case '_' -> 1L << UNDERSCORES;
      default -> 1L << OTHERS;
    };
  }

  /** Takes over what {@link #COUNTS} of a word's bytes add up to. */
  void counted(long sum) {
    counts = sum;
  }

  private int digits() {
    return (int) (counts & 0xff);
  }

  private int letters() {
    return (int) (counts >> LETTERS & 0xff);
  }

  private int hexLetters() {
    return (int) (counts >> HEX_LETTERS & 0xff);
  }

  private int capitals() {
    return (int) (counts >> CAPITAL_LETTERS & 0xff);
  }

  private int dots() {
    return (int) (counts >> DOTS & 0xff);
  }

  /** Of either kind. */
  private int slashes() {
    return (int) (counts >> SLASHES & 0xff);
  }

  private int dashes() {
    return (int) (counts >> DASHES & 0xff);
  }

  private boolean hasUnderscores() {
    return counts >>> UNDERSCORES != 0;
  }

  private int ats() {
    return (int) (counts >> ATS & 3);
  }

  /** Whether all of the word so far are hexadecimal digits, up to four: a part of an address. */
  boolean hexGroup(int length) {
    return length <= 4 && digits() + hexLetters() == length;
  }

  /** Whether a word that looks like a value may be a host's name. */
  boolean isHost() {
    return dots() > 0 && letters() > 0 && capitals() + ats() + slashes() == 0 && !hasUnderscores();
  }

  /** The code of a value, an index of {@link #TYPES}, or {@link #PLAIN}, {@link #LIKELY}... */
  int decide(byte[] text, int from, int to) {
    if ((counts & NOT_LETTERS) == 0) {
      return ofLetters(text, from, to);
    }
    if (slashes() > 0 && isPath(text, from, to)) {
      return PATH;
    }
    if (digits() == 0) {
      return withoutDigits();
    }
    int length = to - from;
    if (letters() == 0) {
      return withoutLetters(length);
    }
    if (length == UUID_BYTES && dashes() == 4 && digits() + hexLetters() == length - 4) {
      return UUID;
    }
    if (ats() == 1 && dots() > 0) {
      return EMAIL;
    }
    if (isHex(text, from, length)) {
      return HEX;
    }
    if (Bytes.isDigit(text[from]) || isSigned(text, from, to)) {
      return withUnit(text, from, to);
    }
    return digits() >= ID_DIGITS ? ID : NUMBERED;
  }

  private boolean isPath(byte[] text, int from, int to) {
    int length = to - from;
    if (text[from] == '/' || text[from] == '\\') {
      return length > 1;
    }
    boolean drive = length > 2 && text[from + 1] == ':';
    boolean parts = slashes() > 1;
    return drive || (parts && letters() + digits() > 0);
  }

  private int withoutDigits() {
    if (ats() == 1 && dots() > 0 && letters() > 2) {
      return EMAIL;
    }
    boolean names = dots() + ats() + slashes() == 0;
    if (letters() > 1 && capitals() == letters() && names) {
      return CAPITALS;
    }
    return names && !hasUnderscores() ? PLAIN : LIKELY;
  }

  private int ofLetters(byte[] text, int from, int to) {
    int length = to - from;
    if (length > 1 && capitals() == letters()) {
      return CAPITALS;
    }
    if (length == 3 && isCalendar(text, from)) {
      return CALENDAR;
    }
    boolean maybe = length <= 4 && Bytes.lower(text[from]) == 'n';
    return maybe && isConstant(text, from, to) ? LIKELY : PLAIN;
  }

  /** Whether a word is one of the values that programs write as words. */
  private static boolean isConstant(byte[] text, int from, int to) {
    for (String each : CONSTANTS) {
      if (Bytes.equal(text, from, to, each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCalendar(byte[] text, int from) {
    for (int at = 0; at < CALENDAR_NAMES.length(); at += 4) {
      if (text[from] == CALENDAR_NAMES.charAt(at) - 0x20
          && text[from + 1] == CALENDAR_NAMES.charAt(at + 1)
          && text[from + 2] == CALENDAR_NAMES.charAt(at + 2)) {
        return true;
      }
    }
    return false;
  }

  private int withoutLetters(int length) {
    if (dots() == 3 && digits() + slashes() + dots() == length && slashes() < 2) {
      return IP;
    }
    boolean date = (dashes() == 2 && digits() >= 6) || (slashes() == 2 && digits() >= 4);
    return date ? TIMESTAMP : NUMBER;
  }

  private boolean isHex(byte[] text, int from, int length) {
    if (text[from] == '0' && (text[from + 1] | 0x20) == 'x') {
      return letters() == hexLetters() + 1;
    }
    return letters() == hexLetters() && digits() + letters() == length && length >= 4;
  }

  private static boolean isSigned(byte[] text, int from, int to) {
    return to - from > 1
        && (text[from] == '-' || text[from] == '+' || text[from] == '#')
        && Bytes.isDigit(text[from + 1]);
  }

  private int withUnit(byte[] text, int from, int to) {
    int unit = to;
    while (unit > from && Bytes.kind(text[unit - 1]) == Bytes.LETTER) {
      unit--;
    }
    if (to - unit != letters()) {
      return dashes() == 2 && letters() <= 2 && digits() >= 8 ? TIMESTAMP : ID;
    }
    for (String duration : DURATIONS) {
      if (Bytes.equal(text, unit, to, duration)) {
        return DURATION;
      }
    }
    for (String size : SIZES) {
      if (Bytes.equal(text, unit, to, size)) {
        return SIZE;
      }
    }
    return ID;
  }
}
