// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One tick of a group of entities, put in order: what is made of it does not depend on how entries
 * came.
 */
final class Tick {
  /** A metric of an entity: the mean over its running copies. */
  static final class Metric {
    final Entry any;
    byte[] labels = new byte[0];
    private double sum;
    private int copies;

    private Metric(Entry any) {
      this.any = any;
    }

    double deviation() {
      return sum / copies;
    }

    private void add(Entry entry) {
      sum += entry.deviation();
      copies++;
      labels = labels.length == 0 ? entry.labels() : labels;
    }
  }

  /** An entity with its running copies, none where it has only one, and its metrics by key. */
  record Whole(Together all, List<Together> copies, List<Metric> metrics) {}

  private final double weak;
  private final List<Whole> wholes = new ArrayList<>();

  /**
   * Puts a tick in order.
   *
   * @param weak the score from which a series counts as deviating
   */
  Tick(List<byte[]> chunks, double weak) {
    this.weak = weak;
    List<Entry> entries = new ArrayList<>();
    chunks.forEach(chunk -> Entry.read(chunk, entries));
    entries.sort(Entry.ORDER);
    int from = 0;
    for (int i = 1; i <= entries.size(); i++) {
      if (i == entries.size() || entries.get(i).entity() != entries.get(from).entity()) {
        wholes.add(whole(entries.subList(from, i)));
        from = i;
      }
    }
  }

  /** All entities that something was said of, in a fixed order. */
  List<Whole> wholes() {
    return wholes;
  }

  private Whole whole(List<Entry> entries) {
    Together all = new Together(entries.get(0).entity(), false);
    Map<Long, Together> copies = new TreeMap<>();
    List<Metric> metrics = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= entries.size(); i++) {
      if (i == entries.size() || !sameSeries(entries.get(i), entries.get(from))) {
        Entry first = entries.get(from);
        Entry strongest = strongest(entries.subList(from, i));
        boolean deviates = strongest.score() >= weak;
        all.add(strongest, deviates);
        if (first.copy() != 0) {
          copies
              .computeIfAbsent(first.copy(), hash -> new Together(hash, true))
              .add(strongest, deviates);
        }
        if (metrics.isEmpty() || metrics.get(metrics.size() - 1).any.key() != first.key()) {
          metrics.add(new Metric(first));
        }
        metrics.get(metrics.size() - 1).add(first);
        from = i;
      }
    }
    return new Whole(all, copies.size() < 2 ? List.of() : List.copyOf(copies.values()), metrics);
  }

  private static boolean sameSeries(Entry a, Entry b) {
    return a.key() == b.key() && a.copy() == b.copy();
  }

  private static Entry strongest(List<Entry> entries) {
    Entry strongest = entries.get(0);
    for (Entry each : entries) {
      strongest = each.score() > strongest.score() ? each : strongest;
    }
    return strongest;
  }
}
