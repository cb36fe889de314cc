// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.patterns.SecretMask;
import io.tocsin.models.telemetry.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes of lines what people may see: short, without secrets and control characters, and marked
 * where they are cut.
 */
final class ShownLines {
  private static final int MOST_BYTES = 512;

  /** At the end of what is cut. */
  private static final byte[] CUT = " ...".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] NOTHING = {};
  private static final int BITS_OF_CONTINUATION = 0xC0;
  private static final int CONTINUATION = 0x80;

  private final SecretMask secrets;
  private final SecretMask ofTraces = new SecretMask();

  /**
   * @param secrets that is left with what was hidden of the line shown last
   */
  ShownLines(SecretMask secrets) {
    this.secrets = secrets;
  }

  /** A line to be shown, UTF-8. */
  byte[] shown(LogLine line) {
    byte[] masked = secrets.masked(line.bytes(), line.from(), line.to(), MOST_BYTES + 1);
    Printable.make(masked);
    boolean cut = masked.length > MOST_BYTES;
    if (!cut && !line.isCut()) {
      return masked;
    }
    int end = cut ? beginOfCharacter(masked, MOST_BYTES) : masked.length;
    byte[] marked = Arrays.copyOf(masked, end + CUT.length);
    System.arraycopy(CUT, 0, marked, end, CUT.length);
    return marked;
  }

  private static int beginOfCharacter(byte[] utf8, int at) {
    int begin = at;
    while (begin > 0 && (utf8[begin] & BITS_OF_CONTINUATION) == CONTINUATION) {
      begin--;
    }
    return begin;
  }

  /** The trace id of a line; empty where it is none, or may be a secret. */
  byte[] trace(LogLine line) {
    byte[] trace = Arrays.copyOfRange(line.traceBytes(), line.traceFrom(), line.traceTo());
    for (byte b : trace) {
      if (!isOfId(b)) {
        return NOTHING;
      }
    }
    byte[] masked = ofTraces.masked(trace, 0, trace.length, Integer.MAX_VALUE);
    return Arrays.equals(masked, trace) ? trace : NOTHING;
  }

  private static boolean isOfId(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '-'
        || b == '_'
        || b == ':';
  }
}
