// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Numbers by dotted names, in the order in which they came. */
final class Figures {
  private final Map<String, Double> figures = new LinkedHashMap<>();

  /** Adds a figure; what is not a number is left out. */
  void put(String name, double value) {
    if (Double.isFinite(value)) {
      figures.put(name, value);
    }
  }

  /** Adds all of another, with a prefix to their names. */
  void putAll(String prefix, Figures others) {
    others.figures.forEach((name, value) -> figures.put(prefix + name, value));
  }

  /** NaN when there is none. */
  double get(String name) {
    return figures.getOrDefault(name, Double.NaN);
  }

  boolean has(String name) {
    return figures.containsKey(name);
  }

  Map<String, Double> asMap() {
    return figures;
  }

  /** A figure for people; a dash when there is none. */
  static String text(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    int decimals = value == Math.rint(value) ? 0 : Math.abs(value) >= 10 ? 1 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
