// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.benchmarks.measure.Pairs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several variants that take turns, every other round in the opposite order, so that what drifts in
 * the machine meets all alike.
 */
final class Rounds {
  private final Map<String, Pairs.Variant> variants = new LinkedHashMap<>();
  private final Map<String, List<Cost>> costs = new LinkedHashMap<>();

  /** Adds a variant. */
  void add(String name, Pairs.Variant variant) {
    variants.put(name, variant);
    costs.put(name, new ArrayList<>());
  }

  /** Measures each variant so often. */
  void run(int rounds) throws Exception {
    List<String> names = new ArrayList<>(variants.keySet());
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(round % 2 == 0 ? i : names.size() - 1 - i);
        List<Cost> measured = costs.get(name);
        Pairs.Variant variant = variants.get(name);
        if (measured != null && variant != null) {
          measured.add(variant.measure());
        }
      }
    }
  }

  /** The medians of all that a variant cost. */
  Cost median(String name) {
    return pairs(name, name).a();
  }

  /** Two variants, round by round. */
  Pairs pairs(String a, String b) {
    List<Cost> ofA = costs.getOrDefault(a, List.of());
    List<Cost> ofB = costs.getOrDefault(b, List.of());
    List<Pairs.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < ofA.size(); i++) {
      pairs.add(new Pairs.Pair(ofA.get(i), ofB.get(i)));
    }
    return new Pairs(pairs);
  }
}
