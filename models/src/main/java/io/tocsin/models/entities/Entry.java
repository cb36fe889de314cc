// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import static io.tocsin.models.entities.EntryBuffer.FLOAT;
import static io.tocsin.models.entities.EntryBuffer.LONG;
import static io.tocsin.models.entities.EntryBuffer.SHORT;

import io.tocsin.models.rules.Role;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a series said in a tick.
 *
 * @param labels of the series, or empty when it was not named
 */
record Entry(
    long entity,
    long copy,
    long key,
    double deviation,
    double score,
    Role role,
    boolean first,
    byte[] labels) {

  /** Total but for entries that say the same, so that nothing depends on how entries came. */
  static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::entity)
          .thenComparingLong(Entry::key)
          .thenComparingLong(Entry::copy)
          .thenComparing(entry -> !entry.first())
          .thenComparing(Comparator.comparingDouble(Entry::score).reversed())
          .thenComparingDouble(Entry::deviation)
          .thenComparing(Entry::labels, Arrays::compare);

  private static final Role[] ROLES = Role.values();

  /** Adds the entries of a buffer. */
  static void read(byte[] bytes, List<Entry> to) {
    EntryBuffer.split(bytes, (group, from, at, length) -> to.add(read(from, at, length)));
  }

  private static Entry read(byte[] bytes, int at, int length) {
    int labels = (short) SHORT.get(bytes, at + EntryBuffer.LABELS);
    return new Entry(
        (long) LONG.get(bytes, at + EntryBuffer.ENTITY),
        (long) LONG.get(bytes, at + EntryBuffer.COPY),
        (long) LONG.get(bytes, at + EntryBuffer.KEY),
        (float) FLOAT.get(bytes, at + EntryBuffer.DEVIATION),
        (float) FLOAT.get(bytes, at + EntryBuffer.SCORE),
        ROLES[bytes[at + EntryBuffer.ROLE]],
        bytes[at + EntryBuffer.FIRST] != 0,
        Arrays.copyOfRange(bytes, at + length - labels, at + length));
  }
}
