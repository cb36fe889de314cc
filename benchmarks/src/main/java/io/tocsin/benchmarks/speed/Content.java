// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.NativeHistogramReader;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.NativeHistogram;
import java.util.ArrayList;
import java.util.List;

/** Everything that a body says, in a form that can be compared. */
record Content(
    List<Series> series,
    List<Sample> samples,
    List<Histogram> histograms,
    List<Family> families,
    int exemplars) {

  record Series(Labels labels, long hash, int check, long group, int kind) {}

  record Sample(int series, long timestamp, long valueBits, long start) {}

  record Family(String name, int kind) {}

  record Histogram(int series, long timestamp, long start, Buckets buckets) {}

  /** Doubles are compared as {@link Double} does: all NaN are equal. */
  record Buckets(
      int schema,
      double zeroThreshold,
      double zeroCount,
      double count,
      double sum,
      boolean stale,
      List<Double> bounds,
      List<Bucket> positive,
      List<Bucket> negative) {}

  record Bucket(int index, double count) {}

  static Content of(DecodedBody body, byte[] bytes) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < body.seriesCount(); i++) {
      series.add(
          new Series(canonical(body, i), body.hash(i), body.check(i), body.group(i), body.kind(i)));
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < body.sampleCount(); i++) {
      samples.add(
          new Sample(body.sampleSeries(i), body.timestamp(i), body.valueBits(i), body.start(i)));
    }
    List<Family> families = new ArrayList<>();
    for (int i = 0; i < body.metadataCount(); i++) {
      families.add(new Family(body.metadataFamily(i), body.metadataKind(i)));
    }
    return new Content(series, samples, histograms(body, bytes), families, body.exemplarCount());
  }

  /** The labels by way of their canonical form, which so is checked as well. */
  private static Labels canonical(DecodedBody body, int series) {
    byte[] bytes = new byte[body.labelBytes(series)];
    if (body.copyLabels(series, bytes, 0) != bytes.length) {
      throw new IllegalStateException("the canonical labels are longer or shorter than announced");
    }
    return DecodedBody.readLabels(bytes, 0, bytes.length);
  }

  private static List<Histogram> histograms(DecodedBody body, byte[] bytes) {
    NativeHistogramReader reader = new NativeHistogramReader(RemoteWriteLimits.DEFAULTS);
    NativeHistogram read = new NativeHistogram();
    List<Histogram> histograms = new ArrayList<>();
    for (int i = 0; i < body.histogramCount(); i++) {
      if (reader.read(bytes, body.histogramAt(i), body.histogramLength(i), read) != null) {
        throw new IllegalStateException("an accepted histogram is rejected when read again");
      }
      histograms.add(
          new Histogram(
              body.histogramSeries(i),
              body.histogramTimestamp(i),
              body.histogramStart(i),
              buckets(read)));
    }
    return histograms;
  }

  private static Buckets buckets(NativeHistogram read) {
    List<Double> bounds = new ArrayList<>();
    for (double bound : read.bounds()) {
      bounds.add(bound);
    }
    return new Buckets(
        read.schema(),
        read.zeroThreshold(),
        read.zeroCount(),
        read.count(),
        read.sum(),
        read.stale(),
        bounds,
        side(read.positive()),
        side(read.negative()));
  }

  private static List<Bucket> side(NativeHistogram.Buckets side) {
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < side.size(); i++) {
      buckets.add(new Bucket(side.index(i), side.count(i)));
    }
    return buckets;
  }
}
