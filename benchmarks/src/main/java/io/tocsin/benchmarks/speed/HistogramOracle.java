// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.benchmarks.wire.RemoteWrite1.BucketSpan;
import io.tocsin.benchmarks.wire.RemoteWrite1.Histogram;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for native histograms, the plain way: with big numbers, which cannot run over. */
final class HistogramOracle {
  private static final long STALE = 0x7FF0000000000002L;

  private final Histogram histogram;
  private final int most;

  HistogramOracle(Histogram histogram, int most) {
    this.histogram = histogram;
    this.most = most;
  }

  /** The histogram's buckets, or {@code null} when it breaks a rule. */
  Content.@Nullable Buckets read() {
    boolean floats = histogram.hasCountFloat();
    boolean mixed =
        floats
            ? histogram.hasZeroCountInt()
                || histogram.getPositiveDeltasCount() + histogram.getNegativeDeltasCount() > 0
            : histogram.hasZeroCountFloat()
                || histogram.getPositiveCountsCount() + histogram.getNegativeCountsCount() > 0;
    if (mixed || tooLong() || !layout()) {
      return null;
    }
    List<Content.Bucket> positive =
        floats
            ? floats(histogram.getPositiveSpansList(), histogram.getPositiveCountsList())
            : integers(histogram.getPositiveSpansList(), histogram.getPositiveDeltasList());
    List<Content.Bucket> negative =
        floats
            ? floats(histogram.getNegativeSpansList(), histogram.getNegativeCountsList())
            : integers(histogram.getNegativeSpansList(), histogram.getNegativeDeltasList());
    if (positive == null || negative == null || !bounded(positive)) {
      return null;
    }
    return floats ? floatBuckets(positive, negative) : integerBuckets(positive, negative);
  }

  private boolean tooLong() {
    return List.of(
            histogram.getPositiveSpansCount(),
            histogram.getPositiveDeltasCount(),
            histogram.getPositiveCountsCount(),
            histogram.getNegativeSpansCount(),
            histogram.getNegativeDeltasCount(),
            histogram.getNegativeCountsCount(),
            histogram.getCustomValuesCount())
        .stream()
        .anyMatch(size -> size > most);
  }

  private boolean layout() {
    if (!(histogram.getZeroThreshold() >= 0) || Double.isInfinite(histogram.getZeroThreshold())) {
      return false;
    }
    if (histogram.getSchema() != -53) {
      return histogram.getSchema() >= -4
          && histogram.getSchema() <= 8
          && histogram.getCustomValuesCount() == 0;
    }
    boolean zeroBucket =
        histogram.getZeroCountInt() != 0
            || Double.doubleToRawLongBits(histogram.getZeroCountFloat()) != 0;
    boolean negativeSide =
        histogram.getNegativeSpansCount()
                + histogram.getNegativeDeltasCount()
                + histogram.getNegativeCountsCount()
            > 0;
    if (zeroBucket || negativeSide || histogram.getZeroThreshold() != 0) {
      return false;
    }
    for (int i = 0; i < histogram.getCustomValuesCount(); i++) {
      double bound = histogram.getCustomValues(i);
      if (!Double.isFinite(bound) || (i > 0 && bound <= histogram.getCustomValues(i - 1))) {
        return false;
      }
    }
    return true;
  }

  private boolean bounded(List<Content.Bucket> positive) {
    return histogram.getSchema() != -53
        || positive.stream()
            .allMatch(b -> b.index() >= 0 && b.index() <= histogram.getCustomValuesCount());
  }

  private static boolean count(double value) {
    return value >= 0 && !Double.isInfinite(value);
  }

  private static @Nullable List<Content.Bucket> floats(
      List<BucketSpan> spans, List<Double> counts) {
    List<Integer> indices = indices(spans, counts.size());
    if (indices == null || !counts.stream().allMatch(HistogramOracle::count)) {
      return null;
    }
    List<Content.Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      buckets.add(new Content.Bucket(indices.get(i), counts.get(i)));
    }
    return buckets;
  }

  private static @Nullable List<Content.Bucket> integers(
      List<BucketSpan> spans, List<Long> deltas) {
    List<Integer> indices = indices(spans, deltas.size());
    if (indices == null) {
      return null;
    }
    List<Content.Bucket> buckets = new ArrayList<>();
    BigInteger running = BigInteger.ZERO;
    for (int i = 0; i < deltas.size(); i++) {
      running = running.add(BigInteger.valueOf(deltas.get(i)));
      if (running.signum() < 0 || running.bitLength() > 63) {
        return null;
      }
      buckets.add(new Content.Bucket(indices.get(i), (double) running.longValueExact()));
    }
    return buckets;
  }

  private static @Nullable List<Integer> indices(List<BucketSpan> spans, int buckets) {
    List<Integer> indices = new ArrayList<>();
    BigInteger next = BigInteger.ZERO;
    BigInteger highest = BigInteger.valueOf(Integer.MAX_VALUE);
    for (int s = 0; s < spans.size(); s++) {
      long length = Integer.toUnsignedLong(spans.get(s).getLength());
      next = next.add(BigInteger.valueOf(spans.get(s).getOffset()));
      if ((s > 0 && spans.get(s).getOffset() < 0)
          || indices.size() + length > buckets
          || next.add(BigInteger.valueOf(length)).abs().compareTo(highest) > 0) {
        return null;
      }
      for (long i = 0; i < length; i++) {
        indices.add(next.intValue());
        next = next.add(BigInteger.ONE);
      }
    }
    return indices.size() == buckets ? indices : null;
  }

  private Content.@Nullable Buckets floatBuckets(
      List<Content.Bucket> positive, List<Content.Bucket> negative) {
    boolean counts = count(histogram.getCountFloat()) && count(histogram.getZeroCountFloat());
    return counts
        ? buckets(histogram.getZeroCountFloat(), histogram.getCountFloat(), positive, negative)
        : null;
  }

  private Content.@Nullable Buckets integerBuckets(
      List<Content.Bucket> positive, List<Content.Bucket> negative) {
    long zero = histogram.getZeroCountInt();
    long count = histogram.getCountInt();
    BigInteger total =
        sum(histogram.getPositiveDeltasList())
            .add(sum(histogram.getNegativeDeltasList()))
            .add(BigInteger.valueOf(zero));
    int compared = total.compareTo(BigInteger.valueOf(count));
    if (zero < 0 || count < 0 || compared > 0) {
      return null;
    }
    return compared < 0 && !Double.isNaN(histogram.getSum())
        ? null
        : buckets((double) zero, (double) count, positive, negative);
  }

  private static BigInteger sum(List<Long> deltas) {
    BigInteger total = BigInteger.ZERO;
    BigInteger running = BigInteger.ZERO;
    for (long delta : deltas) {
      running = running.add(BigInteger.valueOf(delta));
      total = total.add(running);
    }
    return total;
  }

  private Content.Buckets buckets(
      double zero, double count, List<Content.Bucket> positive, List<Content.Bucket> negative) {
    return new Content.Buckets(
        histogram.getSchema(),
        histogram.getZeroThreshold(),
        zero,
        count,
        histogram.getSum(),
        Double.doubleToRawLongBits(histogram.getSum()) == STALE,
        histogram.getCustomValuesList(),
        positive,
        negative);
  }
}
