// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells which lines go on with the one before: those of the stack traces that Java, .NET, Node,
 * Python, Go, Ruby, PHP and Rust print, and whatever is indented.
 */
final class Continuation {
  /** What a line is to the one before it. */
  enum Kind {
    /** It begins something new. */
    NEW(0),
    /** It goes on with it. */
    MORE(1),
    /** It goes on with it, and after it come the frames of a Python traceback. */
    PYTHON(2),
    /** It goes on with it, and is the last line of a Python traceback. */
    PYTHON_END(3),
    /** It goes on with it, and after it come frames of a goroutine. */
    GO(4);

    private static final Kind[] BY_NUMBER = values();

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static Kind ofNumber(int number) {
      return number < 0 || number >= BY_NUMBER.length ? NEW : BY_NUMBER[number];
    }
  }

  private static final byte[][] BEGINNINGS =
      bytes(
          "at ",
          "Caused by:",
          "Suppressed:",
          "... ",
          "--- End of ",
          "Stack trace:",
          "stack backtrace:",
          "The above exception was the direct cause of ",
          "During handling of the above exception, ",
          "[signal ",
          "created by ",
          "exit status ");

  private static final byte[] TRACEBACK = bytes("Traceback (")[0];
  private static final byte[] GOROUTINE = bytes("goroutine ")[0];
  private static final byte[][] ENDS_OF_CLASSES = bytes("Exception", "Error", "Throwable");

  private Continuation() {}

  private static byte[][] bytes(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
    }
    return bytes;
  }

  /**
   * What a line is.
   *
   * @param before what the line before it was
   */
  static Kind of(byte[] text, int from, int to, Kind before) {
    byte first = text[from];
    if (first == ' ' || first == '\t') {
      return before == Kind.PYTHON || before == Kind.GO ? before : Kind.MORE;
    }
    if (startsWith(TRACEBACK, text, from, to)) {
      return Kind.PYTHON;
    }
    if (startsWith(GOROUTINE, text, from, to) && text[to - 1] == ':') {
      return Kind.GO;
    }
    if (before == Kind.PYTHON) {
      return Kind.PYTHON_END;
    }
    if (before == Kind.GO && isGoFrame(text, from, to)) {
      return Kind.GO;
    }
    return isBeginning(text, from, to) || isFrameOfPhp(text, from, to) || isClass(text, from, to)
        ? before == Kind.GO ? Kind.GO : Kind.MORE
        : Kind.NEW;
  }

  private static boolean isBeginning(byte[] text, int from, int to) {
    for (byte[] beginning : BEGINNINGS) {
      if (startsWith(beginning, text, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] beginning, byte[] text, int from, int to) {
    if (text[from] != beginning[0] || to - from < beginning.length) {
      return false;
    }
    return Arrays.equals(beginning, 0, beginning.length, text, from, from + beginning.length);
  }

  /** {@code main.(*Server).serve(0xc000010000, 0x1)}: a name and arguments. */
  private static boolean isGoFrame(byte[] text, int from, int to) {
    if (text[to - 1] != ')' && text[to - 1] != '}') {
      return false;
    }
    for (int at = from; at < to && text[at] != ' '; at++) {
      if (text[at] == '(') {
        return true;
      }
    }
    return false;
  }

  /** {@code #0 /srv/index.php(12): f()}. */
  private static boolean isFrameOfPhp(byte[] text, int from, int to) {
    return to - from > 3
        && text[from] == '#'
        && isDigit(text[from + 1])
        && (text[from + 2] == ' ' || (isDigit(text[from + 2]) && text[from + 3] == ' '));
  }

  /**
   * {@code java.lang.IllegalStateException: closed}: a class in a package, alone or with a text.
   */
  private static boolean isClass(byte[] text, int from, int to) {
    int at = from;
    boolean inPackage = false;
    while (at < to && (isLetter(text[at]) || isDigit(text[at]) || text[at] == '.')) {
      inPackage |= text[at] == '.';
      at++;
    }
    if (!inPackage || (at < to && text[at] != ':')) {
      return false;
    }
    for (byte[] end : ENDS_OF_CLASSES) {
      int start = at - end.length;
      if (start > from && Arrays.equals(end, 0, end.length, text, start, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '$' || b == '_';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
