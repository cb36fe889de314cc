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
    return HistogramIncrease.of(this, earlier);
  }

  /**
   * The q-quantile of all observations, q from 0 to 1: interpolated exponentially inside an
   * exponential bucket, linearly inside the zero bucket and between custom bounds. NaN when nothing
   * was observed.
   */
  public double quantile(double q) {
    return HistogramQuantile.of(this, q);
  }

  boolean sameBounds(NativeHistogram other) {
    return Arrays.equals(bounds, 0, boundCount, other.bounds, 0, other.boundCount);
  }

  int boundCount() {
    return boundCount;
  }

  double bound(int n) {
    return bounds[n];
  }

  /** Where a bucket of the exponential schema ends; the highest finite number instead of more. */
  double upperBound(int bucket) {
    return Math.min(Double.MAX_VALUE, Math.pow(2, bucket * Math.pow(2, -schema)));
  }
}
