// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.rules.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * One tick of a group of entities, put in order: what is made of it does not depend on how entries
 * came. Used again for the next tick, so that a tick leaves nothing behind but what it is learned
 * from; valid as long as the entries are.
 */
final class Tick {
  /** An entity with its running copies, none where it has only one, and its metrics by key. */
  static final class Whole {
    final List<Together> copies = new ArrayList<>();
    private Together all = new Together();

    /** The numbers of its metrics are from this one on. */
    int firstMetric;

    /** And below this one. */
    int metricsEnd;

    Together all() {
      return all;
    }
  }

  private static final int NONE = -1;

  private final double weak;
  private final EntryOrder order = new EntryOrder();
  private final List<Whole> wholes = new ArrayList<>();
  private final List<Whole> spareWholes = new ArrayList<>();
  private final List<Together> togethers = new ArrayList<>();
  private int usedTogethers;
  private byte[] bytes = new byte[0];

  /** By series, in order: where its first entry begins. */
  private int[] firsts = new int[16];

  private int series;

  /** By metric: the number of its first series; below the next metric's are all its copies'. */
  private int[] metrics = new int[firsts.length + 1];

  private int metricCount;

  /**
   * A tick of nothing.
   *
   * @param weak the score from which a series counts as deviating
   */
  Tick(double weak) {
    this.weak = weak;
  }

  /** Puts entries in order; they are not to be changed as long as the tick is looked at. */
  void read(EntryBuffer entries) {
    bytes = entries.bytes();
    spareWholes.addAll(wholes);
    wholes.clear();
    usedTogethers = 0;
    series = 0;
    metricCount = 0;
    int count = entries.count();
    if (firsts.length < count) {
      firsts = new int[count + count / 2];
      metrics = new int[firsts.length + 1];
    }
    int[] sorted = order.of(bytes, entries.length(), count);
    int from = 0;
    for (int i = 1; i <= count; i++) {
      if (i == count || Entry.entity(bytes, sorted[i]) != Entry.entity(bytes, sorted[from])) {
        wholes.add(whole(sorted, from, i));
        from = i;
      }
    }
    metrics[metricCount] = series;
  }

  /** All entities that something was said of, in a fixed order. */
  List<Whole> wholes() {
    return wholes;
  }

  private Whole whole(int[] sorted, int begin, int end) {
    Whole whole = spareWholes.isEmpty() ? new Whole() : spareWholes.remove(spareWholes.size() - 1);
    whole.copies.clear();
    whole.all = together(Entry.entity(bytes, sorted[begin]), false);
    whole.firstMetric = metricCount;
    int copy = 0;
    int from = begin;
    for (int i = begin + 1; i <= end; i++) {
      if (i == end || !Entry.sameSeries(bytes, sorted[i], sorted[from])) {
        boolean newMetric =
            from == begin || Entry.key(bytes, sorted[from]) != Entry.key(bytes, firsts[series - 1]);
        if (newMetric) {
          metrics[metricCount++] = series;
          copy = 0;
        }
        firsts[series++] = sorted[from];
        copy = add(whole, strongest(sorted, from, i), copy);
        from = i;
      }
    }
    whole.metricsEnd = metricCount;
    if (whole.copies.size() < 2) {
      whole.copies.clear();
    }
    return whole;
  }

  /**
   * Adds a series; gives the place of the copy after its own, which is mostly that of the metric's
   * next series, as copies are in order.
   */
  private int add(Whole whole, int strongest, int likelyCopy) {
    boolean deviates = Entry.score(bytes, strongest) >= weak;
    whole.all.add(strongest, deviates);
    long hash = Entry.copy(bytes, strongest);
    if (hash == 0) {
      return likelyCopy;
    }
    int place = likelyCopy;
    if (place >= whole.copies.size() || whole.copies.get(place).hash != hash) {
      place = placeOf(whole.copies, hash);
    }
    whole.copies.get(place).add(strongest, deviates);
    return place + 1;
  }

  /** The place of a copy among all, which are in the order of their hashes; added if need be. */
  private int placeOf(List<Together> copies, long hash) {
    int low = 0;
    int high = copies.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (copies.get(middle).hash < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == copies.size() || copies.get(low).hash != hash) {
      copies.add(low, together(hash, true));
    }
    return low;
  }

  private Together together(long hash, boolean isCopy) {
    if (usedTogethers == togethers.size()) {
      togethers.add(new Together());
    }
    Together together = togethers.get(usedTogethers++);
    together.begin(bytes, hash, isCopy);
    return together;
  }

  private int strongest(int[] sorted, int from, int to) {
    int strongest = sorted[from];
    for (int i = from + 1; i < to; i++) {
      boolean stronger = Entry.score(bytes, sorted[i]) > Entry.score(bytes, strongest);
      strongest = stronger ? sorted[i] : strongest;
    }
    return strongest;
  }

  /** The key of a metric, by its number. */
  long key(int metric) {
    return Entry.key(bytes, firsts[metrics[metric]]);
  }

  Role role(int metric) {
    return Entry.role(bytes, firsts[metrics[metric]]);
  }

  /** The mean over all running copies. */
  double deviation(int metric) {
    double sum = 0;
    for (int i = metrics[metric]; i < metrics[metric + 1]; i++) {
      sum += Entry.deviation(bytes, firsts[i]);
    }
    return sum / (metrics[metric + 1] - metrics[metric]);
  }

  /** Whether the labels of one of a metric's series are known. */
  boolean isNamed(int metric) {
    return named(metric) >= 0;
  }

  /** The labels of one of a metric's series. */
  byte[] labels(int metric) {
    return Entry.labels(bytes, named(metric));
  }

  private int named(int metric) {
    for (int i = metrics[metric]; i < metrics[metric + 1]; i++) {
      if (Entry.labelBytes(bytes, firsts[i]) > 0) {
        return firsts[i];
      }
    }
    return NONE;
  }
}
