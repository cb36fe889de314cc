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

  private static final class Scrape {
    final long time;
    int arrived;

    /** By slot; NaN where the bucket has not arrived. */
    double[] increases;

    Scrape(long time, double[] increases) {
      this.time = time;
      this.increases = increases;
    }
  }

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
  private Scrape[] waiting = new Scrape[0];

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
    copy.waiting = new Scrape[waiting.length];
    for (int i = 0; i < waiting.length; i++) {
      copy.waiting[i] = new Scrape(waiting[i].time, waiting[i].increases.clone());
      copy.waiting[i].arrived = waiting[i].arrived;
    }
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
      for (Scrape scrape : waiting) {
        scrape.increases = Arrays.copyOf(scrape.increases, slot + 1);
        scrape.increases[slot] = Double.NaN;
      }
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
    for (Scrape scrape : waiting) {
      if (!Double.isNaN(scrape.increases[slot])) {
        scrape.increases[slot] = Double.NaN;
        scrape.arrived--;
      }
    }
    sortSlots();
    return order.length == 0;
  }

  /** Forgets all that its buckets gained; they stay. */
  void beginAnew(DerivedSeries fresh) {
    derived = fresh;
    Arrays.fill(gathered, 0);
    gatheredSince = 0;
    lastTaken = Long.MIN_VALUE;
    waiting = new Scrape[0];
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
    Scrape scrape = scrapeAt(time);
    scrape.increases[slot] = increase;
    scrape.arrived++;
    boolean complete = scrape.arrived >= awaitedCount && isSettled();
    return complete || waiting.length > MAX_WAITING;
  }

  /**
   * Takes the oldest scrape that is complete, or that a complete one has overtaken, and gives the
   * quantile of what is gathered; NaN while that is too little. To be called until {@link #ready}
   * is false.
   *
   * @param settings over how many observations, and how long
   */
  double take(SeriesSettings settings) {
    Scrape scrape = waiting[0];
    boolean overdue = waiting.length > MAX_WAITING;
    waiting = Arrays.copyOfRange(waiting, 1, waiting.length);
    long previous = lastTaken;
    lastTaken = scrape.time;
    if (previous == Long.MIN_VALUE
        || scrape.time - gatheredSince > settings.quantileSpan().toMillis()) {
      Arrays.fill(gathered, 0);
      gatheredSince = previous == Long.MIN_VALUE ? scrape.time : previous;
    }
    for (int slot : order) {
      if (!Double.isNaN(scrape.increases[slot])) {
        gathered[slot] += scrape.increases[slot];
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
    if (waiting.length > MAX_WAITING) {
      return true;
    }
    if (!isSettled()) {
      return false;
    }
    for (Scrape scrape : waiting) {
      if (scrape.arrived >= awaitedCount) {
        return true;
      }
    }
    return false;
  }

  private boolean isSettled() {
    return lastTaken != Long.MIN_VALUE || waiting.length > SETTLING;
  }

  /** Time of the scrape that {@link #take} took last, ms since the epoch. */
  long takenAt() {
    return lastTaken;
  }

  private Scrape scrapeAt(long time) {
    int at = waiting.length;
    while (at > 0 && waiting[at - 1].time >= time) {
      at--;
    }
    if (at < waiting.length && waiting[at].time == time) {
      return waiting[at];
    }
    Scrape[] longer = Arrays.copyOf(waiting, waiting.length + 1);
    System.arraycopy(waiting, at, longer, at + 1, waiting.length - at);
    longer[at] = new Scrape(time, new double[bounds.length]);
    Arrays.fill(longer[at].increases, Double.NaN);
    waiting = longer;
    return longer[at];
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
    out.writeInt(waiting.length);
    for (Scrape scrape : waiting) {
      out.writeLong(scrape.time);
      out.writeInt(scrape.arrived);
      write(scrape.increases, out);
    }
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
    read.waiting = new Scrape[in.readInt()];
    for (int i = 0; i < read.waiting.length; i++) {
      long time = in.readLong();
      int arrived = in.readInt();
      read.waiting[i] = new Scrape(time, readDoubles(in));
      read.waiting[i].arrived = arrived;
    }
    return read;
  }

  private static void write(double[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static double[] readDoubles(DataInput in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
