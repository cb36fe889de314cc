// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths of the fields that are wanted, as a tree over the keys of nested objects. Since a key
 * may itself have dots, each node has an entry for every way to write the steps below it: {@code
 * log.level} is under {@code log} and under {@code log.level}.
 */
final class FieldTree {
  private final @Nullable LogField field;
  private final int rank;
  private final Entry[][] buckets;
  private final boolean branches;

  private static final class Entry {
    private final byte[] key;
    private final FieldTree below;

    Entry(String key, FieldTree below) {
      this.key = key.getBytes(StandardCharsets.UTF_8);
      this.below = below;
    }
  }

  /** What is wanted at a path, before the tree is laid out. */
  private record Want(String path, LogField field, int rank) {}

  /** The tree of these fields; a path that two fields name belongs to the one declared first. */
  static FieldTree of(LogFields fields) {
    List<Want> wants = new ArrayList<>();
    for (LogField field : LogField.ALL) {
      int rank = 0;
      for (String path : fields.of(field)) {
        wants.add(new Want(path, field, rank++));
      }
    }
    return new FieldTree("", wants);
  }

  private FieldTree(String prefix, List<Want> wants) {
    Want here = null;
    Map<String, FieldTree> below = new LinkedHashMap<>();
    for (Want want : wants) {
      if (want.path.equals(prefix)) {
        here = here == null ? want : here;
      } else if (prefix.isEmpty() || want.path.startsWith(prefix + ".")) {
        addSteps(prefix, want.path, wants, below);
      }
    }
    field = here == null ? null : here.field;
    rank = here == null ? Integer.MAX_VALUE : here.rank;
    branches = !below.isEmpty();
    buckets = buckets(below);
  }

  private static void addSteps(
      String prefix, String path, List<Want> wants, Map<String, FieldTree> below) {
    int start = prefix.isEmpty() ? 0 : prefix.length() + 1;
    for (int dot = path.indexOf('.', start); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      String step = path.substring(0, dot);
      below.computeIfAbsent(path.substring(start, dot), key -> new FieldTree(step, wants));
    }
    below.computeIfAbsent(path.substring(start), key -> new FieldTree(path, wants));
  }

  private static Entry[][] buckets(Map<String, FieldTree> below) {
    int size = Integer.highestOneBit(Math.max(1, below.size() * 4));
    Entry[][] buckets = new Entry[size][0];
    below.forEach(
        (key, tree) -> {
          Entry entry = new Entry(key, tree);
          int bucket = hash(entry.key, 0, entry.key.length) & (size - 1);
          Entry[] longer = Arrays.copyOf(buckets[bucket], buckets[bucket].length + 1);
          longer[longer.length - 1] = entry;
          buckets[bucket] = longer;
        });
    return buckets;
  }

  /** What is wanted below a key; {@code null} for nothing. */
  @Nullable FieldTree below(byte[] json, int from, int to) {
    for (Entry entry : buckets[hash(json, from, to) & (buckets.length - 1)]) {
      if (Arrays.equals(entry.key, 0, entry.key.length, json, from, to)) {
        return entry.below;
      }
    }
    return null;
  }

  private static int hash(byte[] bytes, int from, int to) {
    return to == from ? 0 : (to - from) * 7 + bytes[from] * 31 + bytes[to - 1];
  }

  /** Which field the value here is; {@code null} for none. */
  @Nullable LogField field() {
    return field;
  }

  /** Of several paths that lead to a field, the one of the lowest rank is taken. */
  int rank() {
    return rank;
  }

  /** Whether something within the object here is wanted. */
  boolean hasBranches() {
    return branches;
  }
}
