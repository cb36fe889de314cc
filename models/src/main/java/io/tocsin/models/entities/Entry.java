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
@SuppressWarnings("ArrayRecordComponent") // entries are ordered, never asked whether they are equal
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
  static final Comparator<Entry> ORDER = Entry::compare;

  /** What is asked in most cases stands first: sorting is most of what a tick costs. */
  private static int compare(Entry a, Entry b) {
    int order = Long.compare(a.entity, b.entity);
    order = order != 0 ? order : Long.compare(a.key, b.key);
    order = order != 0 ? order : Long.compare(a.copy, b.copy);
    return order != 0 ? order : REST.compare(a, b);
  }

  private static final Comparator<Entry> REST =
      Comparator.comparing((Entry entry) -> !entry.first())
          .thenComparing(Comparator.comparingDouble(Entry::score).reversed())
          .thenComparingDouble(Entry::deviation)
          .thenComparing(Entry::labels, Arrays::compare);

  private static final byte[] NONE = {};

  /** Adds the entries of a buffer. */
  static void read(byte[] bytes, List<Entry> to) {
    EntryBuffer.split(bytes, (group, from, at, length) -> to.add(read(from, at, length)));
  }

  private static Entry read(byte[] bytes, int at, int length) {
    int labels = (short) SHORT.get(bytes, at + EntryBuffer.LABELS);
    byte[] named =
        labels == 0 ? NONE : Arrays.copyOfRange(bytes, at + length - labels, at + length);
    return new Entry(
        (long) LONG.get(bytes, at + EntryBuffer.ENTITY),
        (long) LONG.get(bytes, at + EntryBuffer.COPY),
        (long) LONG.get(bytes, at + EntryBuffer.KEY),
        (float) FLOAT.get(bytes, at + EntryBuffer.DEVIATION),
        (float) FLOAT.get(bytes, at + EntryBuffer.SCORE),
        RoleCode.role(bytes[at + EntryBuffer.ROLE]),
        bytes[at + EntryBuffer.FIRST] != 0,
        named);
  }
}
