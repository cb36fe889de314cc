// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rules;

import java.util.Arrays;
import java.util.List;

/**
 * A pattern in which {@code *} stands for any text and {@code |} separates alternatives.
 *
 * @param pattern the pattern as written
 */
public record Glob(String pattern) {
  public Glob {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("a glob must not be empty; write * for anything");
    }
  }

  /** Whether one of the alternatives matches the whole text. */
  public boolean matches(String text) {
    for (String alternative : alternatives()) {
      if (matches(alternative, text)) {
        return true;
      }
    }
    return false;
  }

  private List<String> alternatives() {
    return Arrays.asList(pattern.split("\\|", -1));
  }

  /** Greedy match with one point of return: the last star; linear in practice, no recursion. */
  private static boolean matches(String glob, String text) {
    int g = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = t;
      } else if (g < glob.length() && glob.charAt(g) == text.charAt(t)) {
        g++;
        t++;
      } else if (star >= 0) {
        g = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
