// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import io.tocsin.models.telemetry.NativeHistogram;
import io.tocsin.models.telemetry.StaleMarker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Histogram message, which both protocols share, and checks that it is one: spans fit the
 * buckets, no count is negative, the count is that of the buckets. One instance per thread.
 */
public final class NativeHistogramReader {
  private static final int ALL_FIELDS = 0x3FFFE;

  private final WireReader wire = new WireReader();
  private final Verdict verdict;
  private final HistogramSide positive;
  private final HistogramSide negative;
  private double[] bounds = new double[8];
  private int boundCount;
  private int maxBuckets;

  private boolean floats;
  private boolean floatZero;
  private boolean integerZero;
  private long count;
  private long zeroCount;
  private long sum;
  private int schema;
  private double zeroThreshold;
  private int resetHint;
  private long timestamp;
  private long start;

  public NativeHistogramReader(RemoteWriteLimits limits) {
    this(limits, new Verdict());
  }

  NativeHistogramReader(RemoteWriteLimits limits, Verdict verdict) {
    this.verdict = verdict;
    maxBuckets = limits.maxHistogramBuckets();
    positive = new HistogramSide(maxBuckets);
    negative = new HistogramSide(maxBuckets);
  }

  /** Reads one message, for instance one that {@link DecodedBody#histogramAt} points at. */
  public @Nullable Rejection read(byte[] bytes, int from, int length, NativeHistogram into) {
    verdict.clear();
    return readInto(bytes, from, length, into) ? null : verdict.rejection();
  }

  /** The time of the histogram read last, in milliseconds since 1970. */
  public long timestamp() {
    return timestamp;
  }

  /** When its counters began, in milliseconds since 1970; 0 when not told. */
  public long start() {
    return start;
  }

  boolean readInto(byte[] bytes, int from, int length, NativeHistogram into) {
    clear();
    wire.over(bytes, from, from + length);
    while (wire.more()) {
      field(wire.tag());
    }
    if (wire.bad) {
      return verdict.malformed();
    }
    if (positive.overLimit() || negative.overLimit() || boundCount > maxBuckets) {
      return verdict.reject(
          Reason.LIMIT, "a native histogram has more buckets than the limit " + maxBuckets);
    }
    into.clear(schema);
    into.reset(NativeHistogram.Reset.ofNumber(resetHint));
    return layout(into) && (floats ? floatCounts(into) : integerCounts(into));
  }

  private void clear() {
    positive.clear();
    negative.clear();
    boundCount = 0;
    floats = false;
    floatZero = false;
    integerZero = false;
    count = 0;
    zeroCount = 0;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    resetHint = 0;
    timestamp = 0;
    start = 0;
  }

  private void field(int tag) {
    switch (tag) {
      case 1 << 3 -> count(wire.varint(), false);
      case 2 << 3 | 1 -> count(wire.fixed64(), true);
      case 3 << 3 | 1 -> sum = wire.fixed64();
      case 4 << 3 -> schema = wire.zigzagInt();
      case 5 << 3 | 1 -> zeroThreshold = Double.longBitsToDouble(wire.fixed64());
      case 6 << 3 -> zeroCount(wire.varint(), false);
      case 7 << 3 | 1 -> zeroCount(wire.fixed64(), true);
      case 8 << 3 | 2 -> negative.span(wire);
      case 9 << 3, 9 << 3 | 2 -> negative.deltas(wire, tag);
      case 10 << 3 | 1, 10 << 3 | 2 -> negative.counts(wire, tag);
      case 11 << 3 | 2 -> positive.span(wire);
      case 12 << 3, 12 << 3 | 2 -> positive.deltas(wire, tag);
      case 13 << 3 | 1, 13 << 3 | 2 -> positive.counts(wire, tag);
      case 14 << 3 -> resetHint = (int) wire.varint();
      case 15 << 3 -> timestamp = wire.varint();
      case 16 << 3 | 1 -> bound();
      case 16 << 3 | 2 -> bounds();
      case 17 << 3 -> start = wire.varint();
      default -> wire.skipUnknown(tag, ALL_FIELDS);
    }
  }

  private void count(long bits, boolean isFloat) {
    count = bits;
    floats = isFloat;
  }

  private void zeroCount(long bits, boolean isFloat) {
    zeroCount = bits;
    floatZero = isFloat;
    integerZero = !isFloat;
  }

  private void bounds() {
    int outer = wire.enter(wire.length());
    while (wire.more()) {
      bound();
    }
    wire.leave(outer);
  }

  private void bound() {
    double bound = Double.longBitsToDouble(wire.fixed64());
    if (boundCount < maxBuckets) {
      if (boundCount == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * boundCount);
      }
      bounds[boundCount] = bound;
    }
    boundCount = Math.min(boundCount + 1, maxBuckets + 1);
  }

  private boolean layout(NativeHistogram into) {
    if (!(zeroThreshold >= 0 && zeroThreshold < Double.POSITIVE_INFINITY)) {
      return broken("its zero threshold is not a finite number from 0 on");
    }
    if (schema == NativeHistogram.CUSTOM_BOUNDS) {
      return customLayout(into);
    }
    if (schema < -4 || schema > 8) {
      return broken("its schema " + schema + " is unknown");
    }
    return boundCount == 0 || broken("it has custom bounds, but another schema");
  }

  private boolean customLayout(NativeHistogram into) {
    if (!negative.empty() || zeroThreshold != 0 || zeroCount != 0) {
      return broken("with custom bounds there is no zero bucket and no negative side");
    }
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < boundCount; i++) {
      if (!(bounds[i] > last && bounds[i] < Double.POSITIVE_INFINITY)) {
        return broken("its custom bounds do not rise");
      }
      last = bounds[i];
      into.addBound(last);
    }
    return true;
  }

  private boolean integerCounts(NativeHistogram into) {
    if (floatZero || positive.hasCounts() || negative.hasCounts()) {
      return broken("it has integer and float counts");
    }
    if (count < 0 || zeroCount < 0) {
      return broken("a count is negative");
    }
    long total = positive.addIntegers(into.positive(), zeroCount, count);
    total = total < 0 ? total : negative.addIntegers(into.negative(), total, count);
    double sumOfThem = Double.longBitsToDouble(sum);
    if (total < 0 || (total != count && !Double.isNaN(sumOfThem)) || total > count) {
      return broken("its spans and buckets do not fit its count");
    }
    into.zero(zeroThreshold, (double) zeroCount);
    into.total((double) count, sumOfThem, sum == StaleMarker.BITS);
    return bucketsHaveBounds(into);
  }

  private boolean floatCounts(NativeHistogram into) {
    if (integerZero || positive.hasDeltas() || negative.hasDeltas()) {
      return broken("it has integer and float counts");
    }
    double observations = Double.longBitsToDouble(count);
    double inZero = Double.longBitsToDouble(zeroCount);
    if (!HistogramSide.isCount(observations) || !HistogramSide.isCount(inZero)) {
      return broken("a count is negative or not finite");
    }
    if (!positive.addFloats(into.positive()) || !negative.addFloats(into.negative())) {
      return broken("its spans and buckets do not fit, or a count is negative or not finite");
    }
    into.zero(zeroThreshold, inZero);
    into.total(observations, Double.longBitsToDouble(sum), sum == StaleMarker.BITS);
    return bucketsHaveBounds(into);
  }

  private boolean bucketsHaveBounds(NativeHistogram into) {
    NativeHistogram.Buckets buckets = into.positive();
    if (!into.custom() || buckets.size() == 0) {
      return true;
    }
    boolean known = buckets.index(0) >= 0 && buckets.index(buckets.size() - 1) <= boundCount;
    return known || broken("a bucket has no custom bound");
  }

  private boolean broken(String what) {
    return verdict.reject(Reason.HISTOGRAM, "a native histogram is broken: " + what);
  }
}
