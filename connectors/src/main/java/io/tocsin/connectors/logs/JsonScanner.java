// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the wanted fields of a JSON object in one pass and remembers where their values lie;
 * nothing is copied. What is not wanted is passed over without a closer look: within it, only
 * strings and the nesting of brackets are seen to.
 */
final class JsonScanner {
  /** The input ends within the object, or a line ends within a string of it. */
  static final int TRUNCATED = -1;

  /** This is no JSON object. */
  static final int MALFORMED = -2;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  /** What kind of value was found. */
  enum Kind {
    ABSENT,
    NULL,
    STRING,
    /** A string with escape sequences. */
    ESCAPED,
    NUMBER,
    BOOLEAN,
    OBJECT,
    ARRAY
  }

  private final int[] froms = new int[LogField.ALL.length];
  private final int[] tos = new int[LogField.ALL.length];
  private final int[] ranks = new int[LogField.ALL.length];
  private final Kind[] kinds = new Kind[LogField.ALL.length];

  private byte[] json = new byte[0];
  private int end;
  private boolean escaped;

  /** The kind of a field's value. */
  Kind kind(LogField field) {
    return kinds[field.place()];
  }

  /** Where a field's value begins; of a string, after the quote. */
  int from(LogField field) {
    return froms[field.place()];
  }

  /** Where a field's value ends, exclusive. */
  int to(LogField field) {
    return tos[field.place()];
  }

  /**
   * Scans the object that begins at {@code from} with its brace.
   *
   * @return the position after the object, or {@link #TRUNCATED} or {@link #MALFORMED}
   */
  int scan(byte[] bytes, int from, int to, FieldTree wanted) {
    json = bytes;
    end = to;
    Arrays.fill(kinds, Kind.ABSENT);
    Arrays.fill(ranks, Integer.MAX_VALUE);
    if (from >= to) {
      return TRUNCATED;
    }
    return bytes[from] == '{' ? object(from + 1, wanted) : MALFORMED;
  }

  /** The position of the first byte that is no white space. */
  static int space(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] <= ' ' && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  /** As deep as the tree of what is wanted, not as deep as the input. */
  private int object(int from, FieldTree wanted) {
    int at = space(json, from, end);
    if (at < end && json[at] == '}') {
      return at + 1;
    }
    while (at < end) {
      at = member(at, wanted);
      if (at < 0) {
        return at;
      }
      at = space(json, at, end);
      if (at < end && json[at] != ',') {
        return json[at] == '}' ? at + 1 : MALFORMED;
      }
      at = space(json, at + 1, end);
    }
    return TRUNCATED;
  }

  private int member(int from, FieldTree wanted) {
    if (json[from] != '"') {
      return MALFORMED;
    }
    int keyEnd = stringEnd(from + 1);
    if (keyEnd < 0) {
      return keyEnd;
    }
    int colon = space(json, keyEnd + 1, end);
    if (colon < end && json[colon] != ':') {
      return MALFORMED;
    }
    return value(space(json, colon + 1, end), wanted.below(json, from + 1, keyEnd));
  }

  private int value(int from, @Nullable FieldTree wanted) {
    if (from >= end) {
      return TRUNCATED;
    }
    return switch (json[from]) {
      case '"' -> string(from + 1, wanted);
      case '{' ->
          wanted != null && wanted.hasBranches()
              ? object(from + 1, wanted)
              : container(from, wanted, Kind.OBJECT);
      case '[' -> container(from, wanted, Kind.ARRAY);
      default -> word(from, wanted);
    };
  }

  private int string(int from, @Nullable FieldTree wanted) {
    int quote = stringEnd(from);
    if (quote < 0) {
      return quote;
    }
    found(wanted, escaped ? Kind.ESCAPED : Kind.STRING, from, quote);
    return quote + 1;
  }

  private int container(int from, @Nullable FieldTree wanted, Kind kind) {
    int after = skip(from);
    if (after >= 0) {
      found(wanted, kind, from, after);
    }
    return after;
  }

  private int skip(int from) {
    int depth = 0;
    int at = from;
    do {
      byte b = json[at];
      if (b == '"') {
        at = stringEnd(at + 1);
        if (at < 0) {
          return at;
        }
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
      at++;
    } while (depth > 0 && at < end);
    return depth > 0 ? TRUNCATED : at;
  }

  private int word(int from, @Nullable FieldTree wanted) {
    int at = from;
    while (at < end && isOfWord(json[at])) {
      at++;
    }
    if (at == end) {
      return TRUNCATED;
    }
    Kind kind = wordKind(from, at);
    if (kind == Kind.ABSENT) {
      return MALFORMED;
    }
    found(wanted, kind, from, at);
    return at;
  }

  private static boolean isOfWord(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || b == '-'
        || b == '+'
        || b == '.'
        || b == 'E';
  }

  private Kind wordKind(int from, int to) {
    if (from == to) {
      return Kind.ABSENT;
    }
    byte first = json[from];
    if (first == '-' || (first >= '0' && first <= '9')) {
      return Kind.NUMBER;
    }
    return switch (first) {
      case 'n' -> Kind.NULL;
      case 't', 'f' -> Kind.BOOLEAN;
      default -> Kind.ABSENT;
    };
  }

  private void found(@Nullable FieldTree wanted, Kind kind, int from, int to) {
    if (wanted == null || wanted.field() == null || kind == Kind.NULL) {
      return;
    }
    int index = wanted.field().place();
    if (wanted.rank() < ranks[index]) {
      ranks[index] = wanted.rank();
      kinds[index] = kind;
      froms[index] = from;
      tos[index] = to;
    }
  }

  /** The position of the quote that ends the string; notes whether something in it is escaped. */
  private int stringEnd(int from) {
    escaped = false;
    int at = from;
    while (true) {
      at = special(at);
      if (at >= end || json[at] == '\n') {
        return TRUNCATED;
      }
      if (json[at] == '"') {
        return at;
      }
      escaped |= json[at] == '\\';
      at += json[at] == '\\' ? 2 : 1;
    }
  }

  /** The next quote, backslash or control character, or the end. */
  private int special(int from) {
    int at = from;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONGS.get(json, at);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      // Exact for the lowest byte that matches, which is the one that is asked for.
      long match = belowOne(quote) | belowOne(backslash) | ((word - ONES * 0x20) & ~word & HIGHS);
      if (match != 0) {
        return at + (Long.numberOfTrailingZeros(match) >>> 3);
      }
    }
    while (at < end && json[at] != '"' && json[at] != '\\' && (json[at] < 0 || json[at] >= 0x20)) {
      at++;
    }
    return at;
  }

  /** The high bit of the lowest byte that is zero; bits of higher bytes mean nothing. */
  private static long belowOne(long word) {
    return (word - ONES) & ~word & HIGHS;
  }
}
