// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of a line's shape beside the line: which of them it belongs to, and which of them,
 * with it, turn out to be one.
 *
 * <p>Patterns are one where they differ at few places only and at each of these either enough
 * distinct words were seen, or some of them look like values.
 */
final class Siblings {
  private final @Nullable MinedPattern[] patterns;
  private final long[] differences;
  private final long[] values;
  private int count;

  Siblings(PatternSettings settings) {
    patterns = new MinedPattern[settings.maxSiblings() + 1];
    differences = new long[settings.maxSiblings() + 1];
    values = new long[settings.maxSiblings() + 2];
  }

  int count() {
    return count;
  }

  MinedPattern pattern(int at) {
    MinedPattern pattern = patterns[at];
    if (pattern == null) {
      throw new IndexOutOfBoundsException(at);
    }
    return pattern;
  }

  long differences(int at) {
    return differences[at];
  }

  /** The most particular pattern that the line belongs to; null when there is none. */
  static @Nullable MinedPattern match(@Nullable MinedPattern head, LineWords line) {
    MinedPattern best = null;
    int fewest = Integer.MAX_VALUE;
    for (MinedPattern each = head; each != null; each = each.nextOfShape) {
      if (each.shape == line.shape()) {
        int varied = matched(each, line);
        boolean older = varied == fewest && best != null && each.isOlderThan(best);
        if (varied >= 0 && (varied < fewest || older)) {
          best = each;
          fewest = varied;
        }
      }
    }
    return best;
  }

  /** How many words of a pattern are parameters, or -1 when the line does not belong to it. */
  private static int matched(MinedPattern pattern, LineWords line) {
    long[] words = pattern.template.words;
    int varied = 0;
    for (int i = 0; i < words.length; i++) {
      if (words[i] == 0) {
        if (line.hash[i] != 0 && (pattern.template.flags[i] & Template.VARIED) == 0) {
          return -1;
        }
        varied++;
      } else if (words[i] != line.hash[i]) {
        return -1;
      }
    }
    return varied;
  }

  /** Collects the patterns of the line's shape, the oldest first, and where they differ from it. */
  void collect(@Nullable MinedPattern head, LineWords line) {
    Arrays.fill(patterns, 0, count, null);
    count = 0;
    for (MinedPattern each = head; each != null; each = each.nextOfShape) {
      if (each.shape == line.shape() && count < patterns.length) {
        insert(each, difference(each, line));
      }
    }
  }

  private void insert(MinedPattern pattern, long difference) {
    int at = count++;
    while (at > 0 && pattern.isOlderThan(pattern(at - 1))) {
      patterns[at] = patterns[at - 1];
      differences[at] = differences[at - 1];
      at--;
    }
    patterns[at] = pattern;
    differences[at] = difference;
  }

  private static long difference(MinedPattern pattern, LineWords line) {
    long difference = 0;
    long[] words = pattern.template.words;
    for (int i = 0; i < words.length; i++) {
      boolean varied = words[i] == 0 && (pattern.template.flags[i] & Template.VARIED) != 0;
      boolean same = varied || words[i] == line.hash[i];
      if (!same) {
        difference |= 1L << i;
      }
    }
    return difference;
  }

  /**
   * The places at which the line and some patterns vary that turn out to be one with it; 0 when
   * there are none.
   */
  long variedPlaces(LineWords line) {
    long best = 0;
    for (int i = 0; i < count; i++) {
      long places = differences[i];
      int many = Long.bitCount(places);
      boolean better = best == 0 || many < Long.bitCount(best);
      if (better && isAlike(line, pattern(i), places) && vary(line, places)) {
        best = places;
      }
    }
    return best;
  }

  /** Whether enough of two lines is the same for them to be one. */
  private static boolean isAlike(LineWords line, MinedPattern pattern, long places) {
    int same = 0;
    for (int i = 0; i < line.count(); i++) {
      if (pattern.template.words[i] != 0 && pattern.template.words[i] == line.hash[i]) {
        same++;
      }
    }
    return same >= Long.bitCount(places);
  }

  /** Whether at each of the places the distinct words are evidence enough of a parameter. */
  private boolean vary(LineWords line, long places) {
    for (long left = places; left != 0; left &= left - 1) {
      if (evidence(line, places, Long.numberOfTrailingZeros(left)) < Evidence.ENOUGH) {
        return false;
      }
    }
    return true;
  }

  private int evidence(LineWords line, long places, int at) {
    boolean object = line.followsPreposition(at);
    int sum = Evidence.of(Template.flag(line.form[at]), at, object);
    int distinct = 1;
    values[0] = line.hash[at];
    for (int i = 0; i < count; i++) {
      if ((differences[i] & ~places) == 0 && isNew(pattern(i).template.words[at], distinct)) {
        distinct++;
        sum += Evidence.of(pattern(i).template.flags[at], at, object);
      }
    }
    return sum;
  }

  private boolean isNew(long word, int distinct) {
    for (int i = 0; i < distinct; i++) {
      if (values[i] == word) {
        return false;
      }
    }
    values[distinct] = word;
    return true;
  }

  /** The place of the pattern that differs least. */
  int nearest() {
    int nearest = 0;
    for (int i = 1; i < count; i++) {
      if (Long.bitCount(differences[i]) < Long.bitCount(differences[nearest])) {
        nearest = i;
      }
    }
    return nearest;
  }
}
