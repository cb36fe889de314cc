// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import java.util.Arrays;

/**
 * Puts the entries of a tick in the order of {@link Entry#compare}, which is most of what a tick
 * costs. What is ordered are hashes, so a few of their highest bits tell almost all of the order:
 * entries are dealt out by those, field by field, and what is left is for a merge sort, which finds
 * nearly everything in place, and keeps its bound when hashes are not as they should be. Holds work
 * space only.
 */
final class EntryOrder {
  /** Fewer are sorted without being dealt out. */
  private static final int FEW = 48;

  private static final int MOST_BITS = 12;
  private static final int INSERTED = 12;
  private static final int[] FIELDS = {Entry.COPY, Entry.KEY, Entry.ENTITY};

  private final int[] ends = new int[1 << MOST_BITS];
  private int[] order = new int[FEW];
  private int[] other = new int[FEW];
  private byte[] bytes = new byte[0];

  /**
   * Where entries begin, in order; valid until the next call.
   *
   * @param from entries, one after the other
   * @param length how many bytes of them
   * @param count how many entries they are
   */
  int[] of(byte[] from, int length, int count) {
    bytes = from;
    if (order.length < count) {
      order = new int[count + count / 2];
      other = new int[order.length];
    }
    int entry = 0;
    for (int at = 0; at < length; at = Entry.end(bytes, at)) {
      order[entry++] = at;
    }
    for (int field = 0; field < FIELDS.length && count > FEW; field++) {
      deal(FIELDS[field], count);
    }
    sort(0, count);
    return order;
  }

  /** Orders by the highest bits of a field in which entries differ; keeps the order of equals. */
  private void deal(int field, int count) {
    long first = (long) Entry.LONG.get(bytes, order[0] + field);
    long differs = 0;
    for (int i = 1; i < count; i++) {
      differs |= first ^ (long) Entry.LONG.get(bytes, order[i] + field);
    }
    if (differs == 0) {
      return;
    }
    int left = Long.numberOfLeadingZeros(differs);
    int bits = Math.min(MOST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(count));
    // Numbers are signed: where the sign differs, the negative ones come first.
    long sign = left == 0 ? Long.MIN_VALUE : 0;
    int shift = Long.SIZE - bits;
    Arrays.fill(ends, 0, 1 << bits, 0);
    for (int i = 0; i < count; i++) {
      ends[bucket(field, order[i], sign, left, shift)]++;
    }
    int end = 0;
    for (int bucket = 0; bucket < 1 << bits; bucket++) {
      end += ends[bucket];
      ends[bucket] = end;
    }
    for (int i = count - 1; i >= 0; i--) {
      other[--ends[bucket(field, order[i], sign, left, shift)]] = order[i];
    }
    int[] dealt = other;
    other = order;
    order = dealt;
  }

  private int bucket(int field, int at, long sign, int left, int shift) {
    return (int) ((((long) Entry.LONG.get(bytes, at + field) ^ sign) << left) >>> shift);
  }

  private void sort(int from, int to) {
    if (to - from <= INSERTED) {
      insert(from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle);
    sort(middle, to);
    merge(from, middle, to);
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int at = order[i];
      int place = i;
      while (place > from && Entry.compare(bytes, order[place - 1], at) > 0) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = at;
    }
  }

  /** Merges two sorted parts; what lies right already is not touched. */
  private void merge(int from, int middle, int to) {
    int left = middle;
    while (left > from && Entry.compare(bytes, order[left - 1], order[middle]) > 0) {
      left--;
    }
    int count = middle - left;
    System.arraycopy(order, left, other, 0, count);
    int right = middle;
    int place = left;
    for (int i = 0; i < count; place++) {
      boolean takesRight = right < to && Entry.compare(bytes, other[i], order[right]) > 0;
      order[place] = takesRight ? order[right++] : other[i++];
    }
  }
}
