// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.prometheus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Raw samples of a short time, in columns: labels once, samples in any order. */
public final class RawSamples {
  /** Bits of a sort key that number the sample; the others hold its time within the window. */
  private static final int NUMBER_BITS = 24;

  /** So many fit, some 100 MB with what it takes to sort them. */
  public static final int MOST_SAMPLES = 4_000_000;

  /** The longest window, in ms, so that a time within it fits beside a number. */
  public static final long LONGEST_MILLIS = 1L << (62 - NUMBER_BITS);

  /** Takes the samples of a window one by one. */
  public interface Sink<E extends Exception> {
    /**
     * Takes a sample.
     *
     * @param labels of its series, as remote write 1.0 encodes them
     * @param time ms since the epoch
     */
    void sample(byte[] labels, long time, double value) throws E, InterruptedException;
  }

  private final long from;
  private final List<byte[]> labels = new ArrayList<>();
  private int[] series = new int[1024];
  private long[] times = new long[1024];
  private double[] values = new double[1024];
  private int size;
  private int histograms;

  /** For samples after a time, ms since the epoch. */
  RawSamples(long from) {
    this.from = from;
  }

  /** Samples added from now on are of a series with these labels. */
  void beginSeries(byte[] encodedLabels) {
    labels.add(encodedLabels);
  }

  /** Adds a sample; false when there is no room. */
  boolean add(long time, double value) {
    if (size == MOST_SAMPLES) {
      return false;
    }
    if (size == times.length) {
      int longer = Math.min(MOST_SAMPLES, 2 * size);
      series = Arrays.copyOf(series, longer);
      times = Arrays.copyOf(times, longer);
      values = Arrays.copyOf(values, longer);
    }
    series[size] = labels.size() - 1;
    times[size] = time;
    values[size++] = value;
    return true;
  }

  /** How much there is at some moment. */
  record Mark(int size, int series, int histograms) {}

  Mark mark() {
    return new Mark(size, labels.size(), histograms);
  }

  /** Forgets what was added since. */
  void backTo(Mark mark) {
    size = mark.size();
    labels.subList(mark.series(), labels.size()).clear();
    histograms = mark.histograms();
  }

  void skipHistogram() {
    histograms++;
  }

  /** How many samples there are. */
  public int size() {
    return size;
  }

  /** How many series there are. */
  public int seriesCount() {
    return labels.size();
  }

  /** How many native histograms were left out. */
  public int histograms() {
    return histograms;
  }

  /** Gives the samples of all series by rising time; those of one time as they were added. */
  public <E extends Exception> void forEachByTime(Sink<E> sink) throws E, InterruptedException {
    long[] keys = new long[size];
    for (int n = 0; n < size; n++) {
      keys[n] = (times[n] - from) << NUMBER_BITS | n;
    }
    Arrays.sort(keys);
    for (long key : keys) {
      int n = (int) (key & (1 << NUMBER_BITS) - 1);
      sink.sample(labels.get(series[n]), times[n], values[n]);
    }
  }
}
