// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.rules.Role;
import java.util.Arrays;
import java.util.List;

/**
 * What the series of one entity, or of one of its running copies, did in one tick. Used again for
 * another one in the next.
 */
final class Together {
  private static final int NONE = -1;

  long hash;
  boolean isCopy;
  int series;

  /** Series that users feel. */
  int symptoms;

  /** Those of them that are beyond their boundaries. */
  int agreeing;

  int row;
  double probability;

  /** The entries of the tick. */
  private byte[] bytes = new byte[0];

  /** An entry with labels, to tell the entity by. */
  private int named;

  /** Where the entries of deviating series begin, in order. */
  private int[] deviating = new int[4];

  private int deviatingCount;

  void begin(byte[] entries, long of, boolean ofCopy) {
    bytes = entries;
    hash = of;
    isCopy = ofCopy;
    series = 0;
    symptoms = 0;
    agreeing = 0;
    row = NONE;
    probability = 1;
    named = NONE;
    deviatingCount = 0;
  }

  /** Adds a series by what it said at its most unusual. */
  void add(int strongest, boolean deviates) {
    series++;
    if (Entry.role(bytes, strongest) == Role.SYMPTOM) {
      symptoms++;
      agreeing += Entry.score(bytes, strongest) >= 1 ? 1 : 0;
    }
    if (deviates) {
      if (deviatingCount == deviating.length) {
        deviating = Arrays.copyOf(deviating, 2 * deviatingCount);
      }
      deviating[deviatingCount++] = strongest;
    }
    if (named == NONE && Entry.labelBytes(bytes, strongest) > 0) {
      named = strongest;
    }
  }

  /** How many series deviate. */
  int deviating() {
    return deviatingCount;
  }

  /** Whether the labels of one of its series are known. */
  boolean isNamed() {
    return named != NONE;
  }

  /** The labels of one of its series. */
  byte[] labels() {
    return Entry.labels(bytes, named);
  }

  /** Those of the deviating series that deviate most; the most telling first. */
  List<Integer> strongest(int most) {
    return Arrays.stream(deviating, 0, deviatingCount)
        .boxed()
        .sorted(this::strongestFirst)
        .limit(most)
        .toList();
  }

  private int strongestFirst(int a, int b) {
    int order = Double.compare(Entry.score(bytes, b), Entry.score(bytes, a));
    return order != 0 ? order : Entry.compare(bytes, a, b);
  }

  byte[] bytes() {
    return bytes;
  }

  /** The sum of the scores of all deviating series. */
  double total() {
    double total = 0;
    for (int i = 0; i < deviatingCount; i++) {
      total += Entry.score(bytes, deviating[i]);
    }
    return total;
  }
}
