// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import java.util.Arrays;

/**
 * Which series a source has sent the labels of, so that they travel once an hour and not with every
 * sample. It is no state: after a restart every series is announced again, to tables that know it
 * already. An hour is far less than the time after which a table forgets a silent series, so a
 * table never gets a sample of a series that it has forgotten and that was not announced anew.
 */
final class AnnouncedSeries {
  private static final long PERIOD_MILLIS = 3_600_000;
  private static final int LEAST_CAPACITY = 1024;

  private long[] hashes = new long[LEAST_CAPACITY];
  private int size;
  private long period = Long.MIN_VALUE;

  /** Tells the time of arrival, ms since the epoch. */
  void at(long time) {
    long now = Math.floorDiv(time, PERIOD_MILLIS);
    if (now > period) {
      period = now;
      Arrays.fill(hashes, 0);
      size = 0;
    }
  }

  /** Whether this series was not announced in this period; from now on it is. */
  boolean isNews(long hash) {
    int mask = hashes.length - 1;
    int slot = (int) hash & mask;
    while (hashes[slot] != 0) {
      if (hashes[slot] == hash) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    hashes[slot] = hash;
    size++;
    if (size * 4 > hashes.length * 3) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] old = hashes;
    hashes = new long[old.length * 2];
    int mask = hashes.length - 1;
    for (long hash : old) {
      if (hash != 0) {
        int slot = (int) hash & mask;
        while (hashes[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
      }
    }
  }
}
