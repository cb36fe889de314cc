// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.models.telemetry.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Finds the severity that a logger wrote into the text itself: a word of capitals ({@code ERROR}),
 * one in brackets ({@code [error]}), or one after {@code level=}; klog's {@code E0102} at the
 * beginning. Only the line's beginning is looked at, where loggers write it.
 */
public final class SeverityWords {
  private static final int LOOKED_AT = 96;
  private static final byte[][] KEYS = {
    {'l', 'e', 'v', 'e', 'l'}, {'l', 'v', 'l'}, {'s', 'e', 'v', 'e', 'r', 'i', 't', 'y'}
  };

  private SeverityWords() {}

  /** The severity of a line between two bytes of a text, or {@link Severity#UNKNOWN}. */
  public static Severity in(byte[] text, int from, int to) {
    int end = Math.min(to, from + LOOKED_AT);
    Severity klog = klog(text, from, end);
    if (klog != null) {
      return klog;
    }
    int at = from;
    while (at < end) {
      if (!isLetter(text[at])) {
        at++;
        continue;
      }
      int wordEnd = at + 1;
      while (wordEnd < to && isLetter(text[wordEnd])) {
        wordEnd++;
      }
      if (wordEnd - at >= 3
          && wordEnd - at <= Severity.LONGEST_WORD
          && stands(text, at, wordEnd, from, to)) {
        Severity severity = Severity.ofWord(text, at, wordEnd);
        if (severity != null) {
          return severity;
        }
      }
      at = wordEnd;
    }
    return Severity.UNKNOWN;
  }

  /** Whether a word stands as a severity does, and is not one of a sentence or part of a name. */
  private static boolean stands(byte[] text, int at, int end, int from, int to) {
    byte before = at == from ? (byte) ' ' : text[at - 1];
    byte after = end == to ? (byte) ' ' : text[end];
    if (before == '=' || before == ':' || before == '"') {
      int key = before == '"' ? at - 2 : at - 1;
      return key > from && (text[key] == '=' || text[key] == ':') && isKey(text, from, key);
    }
    if ((before == '[' && after == ']') || (before == '<' && after == '>')) {
      return true;
    }
    return isCapitals(text, at, end) && isEdge(before) && isEdge(after);
  }

  private static boolean isKey(byte[] text, int from, int end) {
    for (byte[] key : KEYS) {
      int start = end - key.length;
      if (start >= from && matches(key, text, start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] key, byte[] text, int at) {
    for (int i = 0; i < key.length; i++) {
      if ((text[at + i] | 0x20) != key[i]) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Severity klog(byte[] text, int from, int end) {
    if (end - from < 6 || text[from + 5] != ' ') {
      return null;
    }
    for (int i = from + 1; i < from + 5; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return null;
      }
    }
    return switch (text[from]) {
      case 'I' -> Severity.INFO;
      case 'W' -> Severity.WARN;
      case 'E' -> Severity.ERROR;
      case 'F' -> Severity.FATAL;
      default -> null;
    };
  }

  private static boolean isEdge(byte b) {
    return switch (b) {
      case ' ', '\t', '[', ']', '(', ')', '|', ':', ',', '-', '<', '>' -> true;
      default -> false;
    };
  }

  private static boolean isCapitals(byte[] text, int at, int end) {
    for (int i = at; i < end; i++) {
      if (text[i] < 'A' || text[i] > 'Z') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}
