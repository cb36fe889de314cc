// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rules;

import java.io.Serializable;
import java.util.List;

/**
 * A pattern in which {@code *} stands for any text and {@code |} separates alternatives.
 *
 * @param pattern the pattern as written
 */
public record Glob(String pattern) implements Serializable {
  public Glob {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("a glob must not be empty; write * for anything");
    }
  }

  /** Whether one of the alternatives matches the whole text. */
  public boolean matches(String text) {
    int from = 0;
    while (from <= pattern.length()) {
      int bar = pattern.indexOf('|', from);
      int to = bar < 0 ? pattern.length() : bar;
      if (matches(from, to, text)) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  /** The alternatives, in the order written. */
  public List<String> alternatives() {
    return List.of(pattern.split("\\|", -1));
  }

  /** Greedy match with one point of return: the last star; linear in practice, no recursion. */
  private boolean matches(int from, int to, String text) {
    int g = from;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (g < to && pattern.charAt(g) == '*') {
        star = g++;
        resume = t;
      } else if (g < to && pattern.charAt(g) == text.charAt(t)) {
        g++;
        t++;
      } else if (star >= 0) {
        g = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (g < to && pattern.charAt(g) == '*') {
      g++;
    }
    return g == to;
  }
}
