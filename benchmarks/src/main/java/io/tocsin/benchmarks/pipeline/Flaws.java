// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was not as it must be; figures are void unless this is empty. */
final class Flaws {
  private final Set<String> all = new LinkedHashSet<>();

  /** A flaw unless both are equal. */
  void unequal(String what, long is, long expected) {
    if (is != expected) {
      all.add("%s: %,d instead of %,d".formatted(what, is, expected));
    }
  }

  /** A flaw. */
  void add(String what) {
    all.add(what);
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
