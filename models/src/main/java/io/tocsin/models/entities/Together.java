// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the series of one entity, or of one of its running copies, did in one tick. */
final class Together {
  /** The most telling first; total. */
  private static final Comparator<Entry> STRONGEST_FIRST =
      Comparator.comparingDouble(Entry::score).reversed().thenComparing(Entry.ORDER);

  final long hash;
  final boolean isCopy;
  int series;
  final List<Entry> deviating = new ArrayList<>();

  /** One entry with labels, to tell the entity by; null when none has any. */
  byte[] labels = new byte[0];

  int row = -1;
  double probability = 1;

  Together(long hash, boolean isCopy) {
    this.hash = hash;
    this.isCopy = isCopy;
  }

  /** Adds a series by what it said at first and at its most unusual. */
  void add(Entry strongest, boolean deviates) {
    series++;
    if (deviates) {
      deviating.add(strongest);
    }
    if (labels.length == 0) {
      labels = strongest.labels();
    }
  }

  /** Those of the deviating series that deviate most. */
  List<Entry> strongest(int most) {
    return deviating.stream().sorted(STRONGEST_FIRST).limit(most).toList();
  }

  double total() {
    double total = 0;
    for (Entry each : deviating) {
      total += each.score();
    }
    return total;
  }
}
