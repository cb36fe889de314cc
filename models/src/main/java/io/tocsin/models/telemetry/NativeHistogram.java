// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Prometheus native histogram, to be filled and used again. Buckets are sparse and sorted by
 * index. With an exponential schema {@code s} from -4 to 8, bucket {@code i} of the positive side
 * holds observations in {@code (2^((i-1)/2^s), 2^(i/2^s)]}, the negative side mirrors it, and the
 * zero bucket holds what is at most the zero threshold away from 0. With custom bounds, bucket
 * {@code i} of the positive side ends at the {@code i}-th bound, the one after the last at
 * infinity, and there is neither a negative side nor a zero bucket.
 *
 * <p>After the specification of native histograms (prometheus.io/docs/specs/native_histograms).
 */
public final class NativeHistogram {
  /** The schema number that stands for custom bounds. */
  public static final int CUSTOM_BOUNDS = -53;

  /** What a histogram says about counter resets. */
  public enum Reset {
    UNKNOWN,
    YES,
    NO,
    GAUGE;

    private static final Reset[] BY_NUMBER = values();

    /** The hint with this number on the wire; {@link #UNKNOWN} for numbers of a later protocol. */
    public static Reset ofNumber(int number) {
      return number < 0 || number >= BY_NUMBER.length ? UNKNOWN : BY_NUMBER[number];
    }
  }

  /** One side's populated buckets, sorted by index. */
  public static final class Buckets {
    private int[] index = new int[8];
    private double[] count = new double[8];
    private int size;

    public int size() {
      return size;
    }

    /** The index of the n-th bucket in ascending order. */
    public int index(int n) {
      return index[n];
    }

    /** The observations in the n-th bucket. */
    public double count(int n) {
      return count[n];
    }

    /** Adds a bucket after the others, or to the last one when it has the same index. */
    public void add(int bucket, double observations) {
      if (size > 0 && index[size - 1] == bucket) {
        count[size - 1] += observations;
        return;
      }
      if (size == index.length) {
        index = Arrays.copyOf(index, 2 * size);
        count = Arrays.copyOf(count, 2 * size);
      }
      index[size] = bucket;
      count[size++] = observations;
    }

    private double total() {
      double total = 0;
      for (int n = 0; n < size; n++) {
        total += count[n];
      }
      return total;
    }
  }

  private final Buckets positive = new Buckets();
  private final Buckets negative = new Buckets();
  private int schema;
  private double zeroThreshold;
  private double zeroCount;
  private double count;
  private double sum;
  private boolean stale;
  private Reset reset = Reset.UNKNOWN;
  private double[] bounds = new double[0];
  private int boundCount;

  /** Empties this histogram and gives it a schema. */
  public void clear(int newSchema) {
    schema = newSchema;
    positive.size = 0;
    negative.size = 0;
    boundCount = 0;
    zero(0, 0);
    total(0, 0, false);
    reset = Reset.UNKNOWN;
  }

  public void zero(double threshold, double observations) {
    zeroThreshold = threshold;
    zeroCount = observations;
  }

  /** Sets count and sum; {@code isStale} when the sum was the stale marker. */
  public void total(double observations, double sumOfThem, boolean isStale) {
    count = observations;
    sum = sumOfThem;
    stale = isStale;
  }

  public void reset(Reset hint) {
    reset = hint;
  }

  /** Adds a custom bound, higher than those before it. */
  public void addBound(double bound) {
    if (boundCount == bounds.length) {
      bounds = Arrays.copyOf(bounds, Math.max(8, 2 * boundCount));
    }
    bounds[boundCount++] = bound;
  }

  public Buckets positive() {
    return positive;
  }

  public Buckets negative() {
    return negative;
  }

  public int schema() {
    return schema;
  }

  public double zeroThreshold() {
    return zeroThreshold;
  }

  public double zeroCount() {
    return zeroCount;
  }

  public double count() {
    return count;
  }

  public double sum() {
    return sum;
  }

  /** Whether this is no observation but the mark that the series has ended. */
  public boolean stale() {
    return stale;
  }

  public Reset reset() {
    return reset;
  }

  public boolean custom() {
    return schema == CUSTOM_BOUNDS;
  }

  /** A copy of the custom bounds. */
  public double[] bounds() {
    return Arrays.copyOf(bounds, boundCount);
  }

  /**
   * The q-quantile of what was observed since an earlier histogram of the same series; of all that
   * this one holds, when the counter was reset in between or the bounds were changed. Histograms of
   * different schemas are compared at the coarser one.
   *
   * @param q from 0 to 1
   * @return NaN when nothing was observed
   */
  public double quantileOfIncrease(NativeHistogram earlier, double q) {
    NativeHistogram increase = increaseSince(earlier);
    return increase == null ? quantile(q) : increase.quantile(q);
  }

  /** What was observed since an earlier histogram; {@code null} after a reset. */
  public @Nullable NativeHistogram increaseSince(NativeHistogram earlier) {
    if (reset == Reset.YES || count < earlier.count || custom() != earlier.custom()) {
      return null;
    }
    if (custom()) {
      boolean same = Arrays.equals(bounds, 0, boundCount, earlier.bounds, 0, earlier.boundCount);
      return same ? minus(earlier) : null;
    }
    int coarser = Math.min(schema, earlier.schema);
    double threshold = commonThreshold(earlier);
    return reducedTo(coarser, threshold).minus(earlier.reducedTo(coarser, threshold));
  }

  /**
   * These observations at a coarser schema and a wider zero bucket: each step down in schema merges
   * two neighbouring buckets.
   */
  NativeHistogram reducedTo(int coarser, double threshold) {
    NativeHistogram reduced = new NativeHistogram();
    reduced.clear(coarser);
    reduced.total(count, sum, stale);
    double swallowed =
        reduce(positive, coarser, threshold, reduced.positive)
            + reduce(negative, coarser, threshold, reduced.negative);
    reduced.zero(threshold, zeroCount + swallowed);
    return reduced;
  }

  private double reduce(Buckets from, int coarser, double threshold, Buckets into) {
    double swallowed = 0;
    for (int n = 0; n < from.size; n++) {
      if (upperBound(from.index[n]) <= threshold) {
        swallowed += from.count[n];
      } else {
        into.add(((from.index[n] - 1) >> (schema - coarser)) + 1, from.count[n]);
      }
    }
    return swallowed;
  }

  /** The wider of both zero buckets, widened until it cuts no populated bucket of either. */
  private double commonThreshold(NativeHistogram earlier) {
    double threshold = Math.max(zeroThreshold, earlier.zeroThreshold);
    double before;
    do {
      before = threshold;
      threshold = earlier.uncut(uncut(threshold));
    } while (threshold > before);
    return threshold;
  }

  private double uncut(double threshold) {
    return Math.max(uncut(positive, threshold), uncut(negative, threshold));
  }

  private double uncut(Buckets buckets, double threshold) {
    for (int n = 0; n < buckets.size; n++) {
      double upper = upperBound(buckets.index[n]);
      if (buckets.count[n] > 0 && upper > threshold) {
        return upperBound(buckets.index[n] - 1) < threshold ? upper : threshold;
      }
    }
    return threshold;
  }

  /** The difference to a histogram of the same layout; {@code null} when a bucket has shrunk. */
  private @Nullable NativeHistogram minus(NativeHistogram earlier) {
    NativeHistogram difference = new NativeHistogram();
    difference.clear(schema);
    difference.total(count - earlier.count, sum - earlier.sum, false);
    difference.zero(zeroThreshold, zeroCount - earlier.zeroCount);
    for (int i = 0; i < boundCount; i++) {
      difference.addBound(bounds[i]);
    }
    boolean grown =
        zeroCount >= earlier.zeroCount
            && subtract(positive, earlier.positive, difference.positive)
            && subtract(negative, earlier.negative, difference.negative);
    return grown ? difference : null;
  }

  private static boolean subtract(Buckets now, Buckets before, Buckets into) {
    int b = 0;
    for (int n = 0; n < now.size; n++) {
      while (b < before.size && before.index[b] < now.index[n]) {
        if (before.count[b++] > 0) {
          return false;
        }
      }
      boolean both = b < before.size && before.index[b] == now.index[n];
      double increase = now.count[n] - (both ? before.count[b++] : 0);
      if (increase < 0) {
        return false;
      }
      into.add(now.index[n], increase);
    }
    while (b < before.size && before.count[b] == 0) {
      b++;
    }
    return b == before.size;
  }

  /**
   * The q-quantile of all observations, q from 0 to 1: interpolated exponentially inside an
   * exponential bucket, linearly inside the zero bucket and between custom bounds. NaN when nothing
   * was observed.
   */
  public double quantile(double q) {
    double total = negative.total() + zeroCount + positive.total();
    if (!(total > 0) || !(q >= 0 && q <= 1)) {
      return Double.NaN;
    }
    double rank = q * total;
    for (int n = negative.size - 1; n >= 0; n--) {
      if (rank <= negative.count[n] && negative.count[n] > 0) {
        return -within(negative.index[n], 1 - rank / negative.count[n]);
      }
      rank -= negative.count[n];
    }
    if (rank <= zeroCount && zeroCount > 0) {
      double low = negative.size == 0 ? 0 : -zeroThreshold;
      double high = positive.size == 0 ? 0 : zeroThreshold;
      return low + (high - low) * Math.max(0, rank / zeroCount);
    }
    return positiveAt(rank - zeroCount);
  }

  private double positiveAt(double rank) {
    double left = Math.max(0, rank);
    int last = -1;
    for (int n = 0; n < positive.size; n++) {
      if (positive.count[n] > 0) {
        last = n;
        if (left <= positive.count[n]) {
          return within(positive.index[n], left / positive.count[n]);
        }
        left -= positive.count[n];
      }
    }
    // Only rounding leads here: the highest observation is asked for.
    return last < 0 ? zeroThreshold : within(positive.index[last], 1);
  }

  private double within(int bucket, double fraction) {
    if (!custom()) {
      double lower = upperBound(bucket - 1);
      return lower * Math.pow(upperBound(bucket) / lower, fraction);
    }
    if (boundCount == 0) {
      return Double.NaN;
    }
    if (bucket >= boundCount) {
      return bounds[boundCount - 1];
    }
    if (bucket == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double lower = bucket == 0 ? 0 : bounds[bucket - 1];
    return lower + (bounds[bucket] - lower) * fraction;
  }

  /** Where a bucket of the exponential schema ends; the highest finite number instead of more. */
  private double upperBound(int bucket) {
    return Math.min(Double.MAX_VALUE, Math.pow(2, bucket * Math.pow(2, -schema)));
  }
}
