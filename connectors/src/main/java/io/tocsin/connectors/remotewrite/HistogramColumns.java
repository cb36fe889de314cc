// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import java.util.Arrays;

/** Where the native histograms of a body are, and what they are about. */
final class HistogramColumns {
  private int count;
  private int[] series = new int[4];
  private long[] timestamp = new long[4];
  private long[] start = new long[4];
  private int[] at = new int[4];
  private int[] length = new int[4];

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  int series(int histogram) {
    return series[histogram];
  }

  long timestamp(int histogram) {
    return timestamp[histogram];
  }

  long start(int histogram) {
    return start[histogram];
  }

  int at(int histogram) {
    return at[histogram];
  }

  int length(int histogram) {
    return length[histogram];
  }

  void add(int ofSeries, NativeHistogramReader read, int from, int size) {
    if (count == at.length) {
      series = Arrays.copyOf(series, 2 * count);
      timestamp = Arrays.copyOf(timestamp, 2 * count);
      start = Arrays.copyOf(start, 2 * count);
      at = Arrays.copyOf(at, 2 * count);
      length = Arrays.copyOf(length, 2 * count);
    }
    series[count] = ofSeries;
    timestamp[count] = read.timestamp();
    start[count] = read.start();
    at[count] = from;
    length[count++] = size;
  }

  /** Gives the histograms from this one on a start time where they have none. */
  void startFrom(int first, long time) {
    for (int n = first; n < count; n++) {
      start[n] = start[n] == 0 ? time : start[n];
    }
  }
}
