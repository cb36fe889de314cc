// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The buckets of one classic histogram on their way to a quantile. Buckets arrive one by one, in
 * any order and possibly several scrapes of one before the first of another; a scrape is complete
 * when every awaited bucket has said its increase. A bucket that has kept others waiting for too
 * long is no longer awaited, until it is heard of again. Increases are gathered over scrapes until
 * there are enough observations.
 *
 * <p>The quantile is the one Prometheus' histogram_quantile gives: linear between bucket bounds.
 */
final class ClassicHistogram {
  /** So many scrapes wait for their last buckets; then the oldest is taken as it is. */
  private static final int MAX_WAITING = 16;

  /**
   * So many scrapes are seen before the first is taken: only then it is known what buckets there
   * are. A detector finds nothing in its first samples anyway.
   */
  private static final int SETTLING = 8;

  DerivedSeries derived;

  /** Upper bound of each slot; NaN when its series is gone. */
  private double[] bounds = new double[0];

  /** Slots in use, by rising bound. */
  private int[] order = new int[0];

  private boolean[] awaited = new boolean[0];
  private int awaitedCount;
  private double[] gathered = new double[0];
  private long gatheredSince;
  private long lastTaken = Long.MIN_VALUE;
  private Scrapes waiting = new Scrapes();

  ClassicHistogram(DerivedSeries derived) {
    this.derived = derived;
  }

  ClassicHistogram copy() {
    ClassicHistogram copy = new ClassicHistogram(derived);
    copy.bounds = bounds.clone();
    copy.order = order.clone();
    copy.awaited = awaited.clone();
    copy.awaitedCount = awaitedCount;
    copy.gathered = gathered.clone();
    copy.gatheredSince = gatheredSince;
    copy.lastTaken = lastTaken;
    copy.waiting = waiting.copy();
    return copy;
  }

  /** Makes room for the bucket with this upper bound. */
  int addBucket(double bound) {
    int slot = 0;
    while (slot < bounds.length && !Double.isNaN(bounds[slot])) {
      slot++;
    }
    if (slot == bounds.length) {
      bounds = Arrays.copyOf(bounds, slot + 1);
      awaited = Arrays.copyOf(awaited, slot + 1);
      gathered = Arrays.copyOf(gathered, slot + 1);
      waiting.addSlot(slot);
    }
    bounds[slot] = bound;
    await(slot, true);
    sortSlots();
    return slot;
  }

  /** Forgets a bucket; true when it was the last. */
  boolean removeBucket(int slot) {
    bounds[slot] = Double.NaN;
    gathered[slot] = 0;
    await(slot, false);
    waiting.clearSlot(slot);
    sortSlots();
    return order.length == 0;
  }

  /** Forgets all that its buckets gained; they stay. */
  void beginAnew(DerivedSeries fresh) {
    derived = fresh;
    Arrays.fill(gathered, 0);
    gatheredSince = 0;
    lastTaken = Long.MIN_VALUE;
    waiting = new Scrapes();
  }

  private void await(int slot, boolean now) {
    if (awaited[slot] != now) {
      awaited[slot] = now;
      awaitedCount += now ? 1 : -1;
    }
  }

  /**
   * Takes in what a bucket gained until a scrape.
   *
   * @return true when this completes a scrape, so that {@link #take} may have something
   */
  boolean add(int slot, long time, double increase) {
    await(slot, true);
    if (time <= lastTaken) {
      return false;
    }
    int arrived = waiting.at(time, bounds.length).put(slot, increase);
    boolean complete = arrived >= awaitedCount && isSettled();
    return complete || waiting.size() > MAX_WAITING;
  }

  /**
   * Takes the oldest scrape that is complete, or that a complete one has overtaken, and gives the
   * quantile of what is gathered; NaN while that is too little. To be called until {@link #ready}
   * is false.
   *
   * @param settings over how many observations, and how long
   */
  double take(SeriesSettings settings) {
    boolean overdue = waiting.size() > MAX_WAITING;
    Scrapes.Scrape scrape = waiting.take();
    long previous = lastTaken;
    lastTaken = scrape.time;
    if (previous == Long.MIN_VALUE
        || scrape.time - gatheredSince > settings.quantileSpan().toMillis()) {
      Arrays.fill(gathered, 0);
      gatheredSince = previous == Long.MIN_VALUE ? scrape.time : previous;
    }
    for (int slot : order) {
      if (!Double.isNaN(scrape.increase(slot))) {
        gathered[slot] += scrape.increase(slot);
      } else if (overdue) {
        await(slot, false);
      }
    }
    double quantile = quantile(SeriesScorer.QUANTILE, settings.leastObservations());
    if (!Double.isNaN(quantile)) {
      Arrays.fill(gathered, 0);
      gatheredSince = scrape.time;
    }
    return quantile;
  }

  /** Whether {@link #take} has a scrape to take. */
  boolean ready() {
    if (waiting.size() > MAX_WAITING) {
      return true;
    }
    return isSettled() && waiting.isAnyComplete(awaitedCount);
  }

  private boolean isSettled() {
    return lastTaken != Long.MIN_VALUE || waiting.size() > SETTLING;
  }

  /** Time of the scrape that {@link #take} took last, ms since the epoch. */
  long takenAt() {
    return lastTaken;
  }

  /** Over the awaited buckets: of the others it is not known what they gained. */
  private double quantile(double q, int leastObservations) {
    int rest = order.length - 1;
    if (awaitedCount < 2
        || !awaited[order[rest]]
        || bounds[order[rest]] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    double total = 0;
    for (int slot : order) {
      total = Math.max(total, gathered[slot]);
    }
    if (total < leastObservations) {
      return Double.NaN;
    }
    double rank = q * total;
    double below = 0;
    double lower = Math.min(0, bounds[order[0]]);
    for (int slot : order) {
      if (!awaited[slot]) {
        continue;
      }
      double upTo = Math.max(below, gathered[slot]);
      if (upTo >= rank) {
        return bounds[slot] == Double.POSITIVE_INFINITY
            ? lower
            : lower + (bounds[slot] - lower) * (rank - below) / (upTo - below);
      }
      below = upTo;
      lower = bounds[slot];
    }
    return lower;
  }

  private void sortSlots() {
    order =
        IntStream.range(0, bounds.length)
            .filter(slot -> !Double.isNaN(bounds[slot]))
            .boxed()
            .sorted(Comparator.comparingDouble(slot -> bounds[slot]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(derived.labels.length);
    out.write(derived.labels);
    out.writeInt(derived.scoredRow);
    write(bounds, out);
    for (boolean each : awaited) {
      out.writeBoolean(each);
    }
    write(gathered, out);
    out.writeLong(gatheredSince);
    out.writeLong(lastTaken);
    waiting.writeTo(out);
  }

  static ClassicHistogram readFrom(DataInput in) throws IOException {
    byte[] labels = new byte[in.readInt()];
    in.readFully(labels);
    ClassicHistogram read = new ClassicHistogram(new DerivedSeries(labels, in.readInt()));
    read.bounds = readDoubles(in);
    read.sortSlots();
    read.awaited = new boolean[read.bounds.length];
    for (int slot = 0; slot < read.bounds.length; slot++) {
      read.await(slot, in.readBoolean());
    }
    read.gathered = readDoubles(in);
    read.gatheredSince = in.readLong();
    read.lastTaken = in.readLong();
    read.waiting = Scrapes.readFrom(in);
    return read;
  }

  static void write(double[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static double[] readDoubles(DataInput in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
