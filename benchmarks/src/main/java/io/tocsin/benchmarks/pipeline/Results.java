// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the parts have measured, and what was wrong with it. */
final class Results {
  private final Map<Part, Map<String, Double>> figures = new EnumMap<>(Part.class);
  private final Map<Part, Flaws> flaws = new EnumMap<>(Part.class);

  /** Adds a figure; what is no number is left out. */
  void put(Part part, String name, double value) {
    if (Double.isFinite(value)) {
      figures.computeIfAbsent(part, absent -> new LinkedHashMap<>()).put(name, value);
    }
  }

  /** The flaws of a part. */
  Flaws flaws(Part part) {
    return flaws.computeIfAbsent(part, absent -> new Flaws());
  }

  /** Whether a part has measured something, and nothing was wrong. */
  boolean isValid(Part part) {
    return figures.containsKey(part) && flaws(part).all().isEmpty();
  }

  /** What a part has measured. */
  Map<String, Double> of(Part part) {
    return figures.getOrDefault(part, Map.of());
  }
}
