// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What one body holds, in primitive columns that are used again and again. It points into the body
 * that was decoded and is valid until that array or this object changes. One instance per thread.
 *
 * <p>Samples, histograms and metadata are numbered from 0 in the order of the body; a series'
 * samples follow each other.
 */
public final class DecodedBody {
  private byte[] body = new byte[0];
  private Protocol protocol = Protocol.V1;

  int seriesCount;
  private int[] seriesFrom = new int[64];
  private int[] seriesTo = new int[64];
  private long[] hash = new long[64];
  private long[] group = new long[64];
  private int[] check = new int[64];
  private byte[] kind = new byte[64];

  int sampleCount;
  private int[] sampleSeries = new int[64];
  private long[] timestamp = new long[64];
  private long[] valueBits = new long[64];
  private long[] start = new long[64];
  private long earliest;
  private long latest;

  final HistogramColumns histograms = new HistogramColumns();
  final FamilyColumns families = new FamilyColumns();
  int exemplarCount;
  private final Symbols symbols = new Symbols();
  private final LabelRanges ranges = new LabelRanges();
  private int rangesOf = -1;

  /** How many series the body holds, with or without samples. */
  public int seriesCount() {
    return seriesCount;
  }

  /** The series' {@link io.tocsin.models.telemetry.SeriesHash hash}. */
  public long hash(int series) {
    return hash[series];
  }

  /** The series' check, which tells it from another one of the same hash. */
  public int check(int series) {
    return check[series];
  }

  /** The series' group: the same for all series of one histogram or summary. */
  public long group(int series) {
    return group[series];
  }

  /** The number of the series' {@link MetricKind}; 0, unknown, in a 1.0 body. */
  public int kind(int series) {
    return kind[series];
  }

  /** How many float samples the body holds. */
  public int sampleCount() {
    return sampleCount;
  }

  /** The series that a sample belongs to. */
  public int sampleSeries(int sample) {
    return sampleSeries[sample];
  }

  /** A sample's time in milliseconds since 1970. */
  public long timestamp(int sample) {
    return timestamp[sample];
  }

  /** The 64 bits of a sample's value as sent, so that stale markers survive. */
  public long valueBits(int sample) {
    return valueBits[sample];
  }

  /** When the sample's counter began, in milliseconds since 1970; 0 when not told. */
  public long start(int sample) {
    return start[sample];
  }

  /** The lowest timestamp of all samples and histograms; {@link Long#MAX_VALUE} without any. */
  public long earliest() {
    return earliest;
  }

  /** The highest timestamp of all samples and histograms; {@link Long#MIN_VALUE} without any. */
  public long latest() {
    return latest;
  }

  /** How many native histograms the body holds. */
  public int histogramCount() {
    return histograms.count();
  }

  /** The series that a histogram belongs to. */
  public int histogramSeries(int histogram) {
    return histograms.series(histogram);
  }

  /** A histogram's time in milliseconds since 1970. */
  public long histogramTimestamp(int histogram) {
    return histograms.timestamp(histogram);
  }

  /** When a histogram's counters began, in milliseconds since 1970; 0 when not told. */
  public long histogramStart(int histogram) {
    return histograms.start(histogram);
  }

  /** Where a histogram's message begins in the body; for {@link NativeHistogramReader}. */
  public int histogramAt(int histogram) {
    return histograms.at(histogram);
  }

  /** How many bytes a histogram's message has. */
  public int histogramLength(int histogram) {
    return histograms.length(histogram);
  }

  /** How many exemplars the body holds; they are validated and counted, not kept. */
  public int exemplarCount() {
    return exemplarCount;
  }

  /** How many metadata entries a 1.0 body holds. */
  public int metadataCount() {
    return families.count();
  }

  /** The metric family that a metadata entry is about. */
  public String metadataFamily(int entry) {
    return new String(body, families.at(entry), families.length(entry), StandardCharsets.UTF_8);
  }

  /** The number of a metadata entry's {@link MetricKind}. */
  public int metadataKind(int entry) {
    return families.kind(entry);
  }

  /** How many bytes {@link #copyLabels} writes for a series. */
  public int labelBytes(int series) {
    return rangesOf(series).canonicalBytes();
  }

  /**
   * Writes the labels of a series in their canonical form, the same bytes for the same labels
   * whatever the protocol and the order on the wire: per label, sorted by the bytes of the name,
   * the name's length, the name, the value's length, the value; lengths are varints.
   *
   * @return the offset after the last byte written
   */
  public int copyLabels(int series, byte[] to, int at) {
    return rangesOf(series).copyCanonical(body, to, at);
  }

  /** The labels of a series; not for the hot path. */
  public Labels labels(int series) {
    return rangesOf(series).labels(body);
  }

  /** Reads labels from the canonical form that {@link #copyLabels} writes. */
  public static Labels readLabels(byte[] bytes, int from, int length) {
    return LabelRanges.readCanonical(bytes, from, length);
  }

  /** The labels of a series, sorted; valid until another series' are asked for. */
  LabelRanges rangesOf(int series) {
    if (series != rangesOf) {
      ranges.read(
          body, seriesFrom[series], seriesTo[series], protocol == Protocol.V1 ? null : symbols);
      ranges.sort(body);
      rangesOf = series;
    }
    return ranges;
  }

  Symbols symbols() {
    return symbols;
  }

  byte[] body() {
    return body;
  }

  int seriesFrom(int series) {
    return seriesFrom[series];
  }

  int seriesTo(int series) {
    return seriesTo[series];
  }

  void begin(byte[] newBody, Protocol newProtocol) {
    body = newBody;
    protocol = newProtocol;
    clear();
  }

  void clear() {
    seriesCount = 0;
    sampleCount = 0;
    histograms.clear();
    families.clear();
    exemplarCount = 0;
    earliest = Long.MAX_VALUE;
    latest = Long.MIN_VALUE;
    rangesOf = -1;
    symbols.clear();
  }

  void addSeries(int from, int to) {
    if (seriesCount == seriesFrom.length) {
      growSeries(2 * seriesCount);
    }
    seriesFrom[seriesCount] = from;
    seriesTo[seriesCount++] = to;
  }

  private void growSeries(int size) {
    seriesFrom = Arrays.copyOf(seriesFrom, size);
    seriesTo = Arrays.copyOf(seriesTo, size);
    hash = Arrays.copyOf(hash, size);
    group = Arrays.copyOf(group, size);
    check = Arrays.copyOf(check, size);
    kind = Arrays.copyOf(kind, size);
  }

  void identify(int series, long seriesHash, int seriesCheck, long seriesGroup) {
    hash[series] = seriesHash;
    check[series] = seriesCheck;
    group[series] = seriesGroup;
    kind[series] = 0;
  }

  void kind(int series, int number) {
    kind[series] = (byte) MetricKind.ofNumber(number).number();
  }

  void addSample(int series, long time, long bits, long startTime) {
    int n = sampleCount;
    if (n == timestamp.length) {
      growSamples(2 * n);
    }
    sampleSeries[n] = series;
    timestamp[n] = time;
    valueBits[n] = bits;
    start[n] = startTime;
    sampleCount = n + 1;
    span(time);
  }

  private void growSamples(int size) {
    sampleSeries = Arrays.copyOf(sampleSeries, size);
    timestamp = Arrays.copyOf(timestamp, size);
    valueBits = Arrays.copyOf(valueBits, size);
    start = Arrays.copyOf(start, size);
  }

  private void span(long time) {
    if (time < earliest) {
      earliest = time;
    }
    if (time > latest) {
      latest = time;
    }
  }

  /** Gives the samples and histograms from these on a start time where they have none. */
  void startFrom(int firstSample, int firstHistogram, long time) {
    for (int n = firstSample; n < sampleCount; n++) {
      start[n] = start[n] == 0 ? time : start[n];
    }
    histograms.startFrom(firstHistogram, time);
  }

  void addHistogram(int series, NativeHistogramReader read, int at, int length) {
    histograms.add(series, read, at, length);
    span(read.timestamp());
  }
}
