// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import io.tocsin.models.telemetry.NativeHistogram;

/**
 * Reads TimeSeries messages into a body's columns. What senders really write takes the fast path,
 * with everything in local variables; whatever else protobuf allows goes field by field through a
 * {@link WireReader}.
 */
abstract class SeriesReader {
  static final int VALUE = 1 << 3 | WireReader.FIXED64;
  static final int TIMESTAMP = 2 << 3;

  private static final int TIMESTAMP_BYTES = 8;

  final RemoteWriteLimits limits;
  final Verdict verdict;
  final LabelRules rules;
  final WireReader wire = new WireReader();

  /** Whether an exemplar's label name still waits for its value. */
  boolean oddRefs;

  private final NativeHistogramReader histograms;
  private final NativeHistogram histogram = new NativeHistogram();

  SeriesReader(RemoteWriteLimits limits, Verdict verdict) {
    this.limits = limits;
    this.verdict = verdict;
    rules = new LabelRules(limits, verdict);
    histograms = new NativeHistogramReader(limits, verdict);
  }

  /** Forgets what was remembered of the body before. */
  abstract void begin(DecodedBody into);

  /** Reads one series into the columns; {@code false} when the verdict holds a rejection. */
  abstract boolean read(int series, DecodedBody into);

  /** Reads a Sample message: value, then timestamp, or field by field. */
  final boolean sample(byte[] body, int from, int to, int series, DecodedBody into) {
    if (into.sampleCount >= limits.maxSamples()) {
      return verdict.reject(
          Reason.LIMIT, "the body has more samples than the limit " + limits.maxSamples());
    }
    int time = from;
    long bits = 0;
    if (to - from > 9 && body[from] == VALUE) {
      bits = Words.longAt(body, from + 1);
      time = from + 9;
    }
    int digits = to - time - 1;
    if (digits > 0 && digits <= TIMESTAMP_BYTES && body[time] == TIMESTAMP && to >= 8) {
      // The eight bytes before the end, moved so that only the timestamp's are left.
      long word = Words.longAt(body, to - 8) >>> (8 * (8 - digits));
      if (Words.varintBytes(word) == digits) {
        into.addSample(series, Words.varint(word), bits, 0);
        return true;
      }
    }
    return sampleByField(body, from, to, series, into);
  }

  private boolean sampleByField(byte[] body, int from, int to, int series, DecodedBody into) {
    long bits = 0;
    long time = 0;
    long start = 0;
    wire.over(body, from, to);
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case VALUE -> bits = wire.fixed64();
        case TIMESTAMP -> time = wire.varint();
        case 3 << 3 -> start = startTime(tag);
        default -> wire.skipUnknown(tag, sampleFields());
      }
    }
    if (wire.bad) {
      return verdict.malformed();
    }
    into.addSample(series, time, bits, start);
    return true;
  }

  /** Reads field 3 of a sample, which has a meaning in one of the protocols only. */
  abstract long startTime(int tag);

  /** The fields of a sample that have a meaning, as bits. */
  abstract int sampleFields();

  final boolean histogram(byte[] body, int from, int to, int series, DecodedBody into) {
    if (into.histograms.count() >= limits.maxSamples()) {
      return verdict.reject(
          Reason.LIMIT, "the body has more histograms than the limit " + limits.maxSamples());
    }
    if (!histograms.readInto(body, from, to - from, histogram)) {
      return false;
    }
    into.addHistogram(series, histograms, from, to - from);
    return true;
  }

  final boolean exemplar(byte[] body, int from, int to, DecodedBody into) {
    if (into.exemplarCount >= limits.maxSamples()) {
      return verdict.reject(
          Reason.LIMIT, "the body has more exemplars than the limit " + limits.maxSamples());
    }
    into.exemplarCount++;
    oddRefs = false;
    wire.over(body, from, to);
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 2 << 3 | WireReader.FIXED64 -> wire.fixed64();
        case 3 << 3 -> wire.varint();
        default -> exemplarLabels(tag, into);
      }
    }
    if (wire.bad) {
      return verdict.malformed();
    }
    return !oddRefs
        || verdict.reject(Reason.SYMBOLS, "an exemplar's number of label references is odd");
  }

  /** Reads a field of an exemplar that is neither value nor timestamp. */
  abstract void exemplarLabels(int tag, DecodedBody into);
}
