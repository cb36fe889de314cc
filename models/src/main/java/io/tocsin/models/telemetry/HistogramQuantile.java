// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import io.tocsin.models.telemetry.NativeHistogram.Buckets;

/** Quantiles of a native histogram: from the lowest bucket up to the one that holds the rank. */
final class HistogramQuantile {
  private HistogramQuantile() {}

  static double of(NativeHistogram histogram, double q) {
    Buckets negative = histogram.negative();
    double zeroCount = histogram.zeroCount();
    double total = total(negative) + zeroCount + total(histogram.positive());
    if (!(total > 0) || !(q >= 0 && q <= 1)) {
      return Double.NaN;
    }
    double rank = q * total;
    for (int n = negative.size() - 1; n >= 0; n--) {
      if (rank <= negative.count(n) && negative.count(n) > 0) {
        return -within(histogram, negative.index(n), 1 - rank / negative.count(n));
      }
      rank -= negative.count(n);
    }
    if (rank <= zeroCount && zeroCount > 0) {
      double low = negative.size() == 0 ? 0 : -histogram.zeroThreshold();
      double high = histogram.positive().size() == 0 ? 0 : histogram.zeroThreshold();
      return low + (high - low) * Math.max(0, rank / zeroCount);
    }
    return positive(histogram, Math.max(0, rank - zeroCount));
  }

  private static double total(Buckets side) {
    double total = 0;
    for (int n = 0; n < side.size(); n++) {
      total += side.count(n);
    }
    return total;
  }

  private static double positive(NativeHistogram histogram, double rank) {
    Buckets positive = histogram.positive();
    double left = rank;
    int last = -1;
    for (int n = 0; n < positive.size(); n++) {
      if (positive.count(n) > 0) {
        last = n;
        if (left <= positive.count(n)) {
          return within(histogram, positive.index(n), left / positive.count(n));
        }
        left -= positive.count(n);
      }
    }
    // Only rounding leads here: the highest observation is asked for.
    return last < 0 ? histogram.zeroThreshold() : within(histogram, positive.index(last), 1);
  }

  private static double within(NativeHistogram histogram, int bucket, double fraction) {
    if (histogram.custom()) {
      return between(histogram, bucket, fraction);
    }
    double lower = histogram.upperBound(bucket - 1);
    double upper = histogram.upperBound(bucket);
    return lower == 0 ? upper * fraction : lower * Math.pow(upper / lower, fraction);
  }

  /** Between custom bounds; an open bucket has the one finite bound that it has. */
  private static double between(NativeHistogram histogram, int bucket, double fraction) {
    int bounds = histogram.boundCount();
    if (bounds == 0) {
      return Double.NaN;
    }
    if (bucket >= bounds) {
      return histogram.bound(bounds - 1);
    }
    double upper = histogram.bound(bucket);
    if (bucket == 0 && upper <= 0) {
      return upper;
    }
    double lower = bucket == 0 ? 0 : histogram.bound(bucket - 1);
    return lower + (upper - lower) * fraction;
  }
}
