// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import java.util.Arrays;

/**
 * Which series a source has sent the labels of, so that they travel once an hour and not with every
 * sample. It is no state: after a restart every series is announced again, to tables that know it
 * already. An hour is far less than the time after which a table forgets a silent series, so a
 * table never gets a sample of a series that it has forgotten and that was not announced anew.
 *
 * <p>Series are kept in the order of their first coming. Senders keep to an order, so the one after
 * the last is mostly the one that is asked for, and memory is read in a row.
 */
final class AnnouncedSeries {
  private static final long PERIOD_MILLIS = 3_600_000;
  private static final int LEAST_CAPACITY = 1024;

  private long[] hashes = new long[LEAST_CAPACITY];
  private int size;

  /** Open addressing: places in {@link #hashes} plus one; 0 for free. */
  private int[] places = new int[2 * LEAST_CAPACITY];

  private int next;
  private long period = Long.MIN_VALUE;

  /** Tells the time of arrival, ms since the epoch. */
  void at(long time) {
    long now = Math.floorDiv(time, PERIOD_MILLIS);
    if (now > period) {
      period = now;
      // No larger than the last hour needed, lest a flood of series be remembered for ever.
      int capacity = Math.max(LEAST_CAPACITY, Integer.highestOneBit(size) * 2);
      hashes = new long[capacity];
      places = new int[2 * capacity];
      size = 0;
      next = 0;
    }
  }

  /** Whether this series was not announced in this period; from now on it is. */
  boolean isNews(long hash) {
    if (next < size && hashes[next] == hash) {
      next++;
      return false;
    }
    int mask = places.length - 1;
    int slot = (int) hash & mask;
    while (places[slot] != 0) {
      if (hashes[places[slot] - 1] == hash) {
        next = places[slot];
        return false;
      }
      slot = (slot + 1) & mask;
    }
    add(hash, slot);
    return true;
  }

  private void add(long hash, int slot) {
    hashes[size++] = hash;
    places[slot] = size;
    next = size;
    if (size == hashes.length) {
      grow();
    }
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * size);
    places = new int[4 * size];
    int mask = places.length - 1;
    for (int place = 1; place <= size; place++) {
      int slot = (int) hashes[place - 1] & mask;
      while (places[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      places[slot] = place;
    }
  }
}
