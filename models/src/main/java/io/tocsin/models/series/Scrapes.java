// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Scrapes of one classic histogram that wait for their last buckets, by time. */
final class Scrapes {
  /** What the buckets gained until a scrape. */
  static final class Scrape {
    final long time;
    private int arrived;

    /** By slot; NaN where the bucket has not arrived. */
    private double[] increases;

    private Scrape(long time, double[] increases) {
      this.time = time;
      this.increases = increases;
    }

    /** What a bucket gained; NaN when it has not arrived. */
    double increase(int slot) {
      return increases[slot];
    }

    /**
     * Takes in what a bucket gained.
     *
     * @return how many buckets have arrived
     */
    int put(int slot, double increase) {
      increases[slot] = increase;
      return ++arrived;
    }
  }

  private Scrape[] waiting = new Scrape[0];

  Scrapes copy() {
    Scrapes copy = new Scrapes();
    copy.waiting = new Scrape[waiting.length];
    for (int i = 0; i < waiting.length; i++) {
      copy.waiting[i] = new Scrape(waiting[i].time, waiting[i].increases.clone());
      copy.waiting[i].arrived = waiting[i].arrived;
    }
    return copy;
  }

  int size() {
    return waiting.length;
  }

  /** Makes room for one more bucket. */
  void addSlot(int slot) {
    for (Scrape scrape : waiting) {
      scrape.increases = Arrays.copyOf(scrape.increases, slot + 1);
      scrape.increases[slot] = Double.NaN;
    }
  }

  /** Forgets what a bucket gained. */
  void clearSlot(int slot) {
    for (Scrape scrape : waiting) {
      if (!Double.isNaN(scrape.increases[slot])) {
        scrape.increases[slot] = Double.NaN;
        scrape.arrived--;
      }
    }
  }

  /** Whether of one of them so many buckets have arrived. */
  boolean isAnyComplete(int buckets) {
    for (Scrape scrape : waiting) {
      if (scrape.arrived >= buckets) {
        return true;
      }
    }
    return false;
  }

  /** Takes the oldest away. */
  Scrape take() {
    Scrape first = waiting[0];
    waiting = Arrays.copyOfRange(waiting, 1, waiting.length);
    return first;
  }

  /** The scrape of a time, which is added when there is none, with so many slots. */
  Scrape at(long time, int slots) {
    int at = waiting.length;
    while (at > 0 && waiting[at - 1].time >= time) {
      at--;
    }
    if (at < waiting.length && waiting[at].time == time) {
      return waiting[at];
    }
    Scrape[] longer = Arrays.copyOf(waiting, waiting.length + 1);
    System.arraycopy(waiting, at, longer, at + 1, waiting.length - at);
    longer[at] = new Scrape(time, new double[slots]);
    Arrays.fill(longer[at].increases, Double.NaN);
    waiting = longer;
    return longer[at];
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(waiting.length);
    for (Scrape scrape : waiting) {
      out.writeLong(scrape.time);
      out.writeInt(scrape.arrived);
      ClassicHistogram.write(scrape.increases, out);
    }
  }

  static Scrapes readFrom(DataInput in) throws IOException {
    Scrapes read = new Scrapes();
    read.waiting = new Scrape[in.readInt()];
    for (int i = 0; i < read.waiting.length; i++) {
      long time = in.readLong();
      int arrived = in.readInt();
      read.waiting[i] = new Scrape(time, ClassicHistogram.readDoubles(in));
      read.waiting[i].arrived = arrived;
    }
    return read;
  }
}
