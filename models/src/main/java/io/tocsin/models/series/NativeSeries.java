// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.telemetry.NativeHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A native histogram on its way to a quantile: the one that the next quantile is counted from. The
 * histograms themselves are never changed once they are here.
 */
final class NativeSeries {
  final DerivedSeries derived;
  private @Nullable NativeHistogram from;
  private long fromTime;

  NativeSeries(DerivedSeries derived) {
    this.derived = derived;
  }

  NativeSeries copy() {
    NativeSeries copy = new NativeSeries(derived);
    copy.from = from;
    copy.fromTime = fromTime;
    return copy;
  }

  /** The quantile of what came since the last one, or NaN while that is too little. */
  double take(long time, NativeHistogram now, SeriesSettings settings) {
    NativeHistogram before = from;
    if (before == null || time - fromTime > settings.quantileSpan().toMillis()) {
      keep(now, time);
      return Double.NaN;
    }
    NativeHistogram increase = now.increaseSince(before);
    NativeHistogram counted = increase == null ? now : increase;
    if (increase != null && counted.count() < settings.leastObservations()) {
      return Double.NaN;
    }
    keep(now, time);
    return counted.count() < settings.leastObservations()
        ? Double.NaN
        : counted.quantile(SeriesScorer.QUANTILE);
  }

  private void keep(NativeHistogram now, long time) {
    from = now;
    fromTime = time;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(derived.labels.length);
    out.write(derived.labels);
    out.writeInt(derived.scoredRow);
    out.writeLong(fromTime);
    NativeHistogram histogram = from;
    out.writeBoolean(histogram != null);
    if (histogram != null) {
      write(histogram, out);
    }
  }

  static NativeSeries readFrom(DataInput in) throws IOException {
    byte[] labels = new byte[in.readInt()];
    in.readFully(labels);
    NativeSeries series = new NativeSeries(new DerivedSeries(labels, in.readInt()));
    series.fromTime = in.readLong();
    series.from = in.readBoolean() ? read(in) : null;
    return series;
  }

  private static void write(NativeHistogram histogram, DataOutput out) throws IOException {
    out.writeInt(histogram.schema());
    out.writeDouble(histogram.zeroThreshold());
    out.writeDouble(histogram.zeroCount());
    out.writeDouble(histogram.count());
    out.writeDouble(histogram.sum());
    double[] bounds = histogram.bounds();
    out.writeInt(bounds.length);
    for (double bound : bounds) {
      out.writeDouble(bound);
    }
    write(histogram.positive(), out);
    write(histogram.negative(), out);
  }

  private static void write(NativeHistogram.Buckets buckets, DataOutput out) throws IOException {
    out.writeInt(buckets.size());
    for (int n = 0; n < buckets.size(); n++) {
      out.writeInt(buckets.index(n));
      out.writeDouble(buckets.count(n));
    }
  }

  private static NativeHistogram read(DataInput in) throws IOException {
    NativeHistogram histogram = new NativeHistogram();
    histogram.clear(in.readInt());
    histogram.zero(in.readDouble(), in.readDouble());
    histogram.total(in.readDouble(), in.readDouble(), false);
    for (int left = in.readInt(); left > 0; left--) {
      histogram.addBound(in.readDouble());
    }
    read(in, histogram.positive());
    read(in, histogram.negative());
    return histogram;
  }

  private static void read(DataInput in, NativeHistogram.Buckets buckets) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      buckets.add(in.readInt(), in.readDouble());
    }
  }
}
