// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;


/** Reads series of remote write 1.0, whose labels {@link SpelledLabels} adds up. */
final class SeriesReaderV1 extends SeriesReader {
  private static final int LABEL = SpelledLabels.LABEL;
  private static final int SAMPLE = 2 << 3 | WireReader.BYTES;
  private static final int EXEMPLAR = 3 << 3 | WireReader.BYTES;
  private static final int HISTOGRAM = 4 << 3 | WireReader.BYTES;
  private static final int SERIES_FIELDS = 0x1E;

  private final SpelledLabels labels;

  SeriesReaderV1(RemoteWriteLimits limits, Verdict verdict) {
    super(limits, verdict);
    labels = new SpelledLabels(limits, rules, verdict);
  }

  @Override
  void begin(DecodedBody into) {
    labels.beginBody(into.body());
  }

  @Override
  boolean read(int series, DecodedBody into) {
    byte[] body = into.body();
    int end = into.seriesTo(series);
    int at = labels.beginSeries(into.seriesFrom(series), end);
    while (at >= 0 && at < end) {
      int size = end - at > 1 ? body[at + 1] : -1;
      int to = at + 2 + size;
      if (body[at] == SAMPLE && size >= 0 && to <= end) {
        at = sample(body, at + 2, to, series, into) ? to : -1;
      } else {
        at = otherField(body, at, end, series, into);
      }
    }
    return at >= 0 && labels.identify(series, into);
  }

  /** Reads any field, in any form that protobuf allows; -1 for a fault. */
  private int otherField(byte[] body, int at, int end, int series, DecodedBody into) {
    wire.over(body, at, end);
    int tag = wire.tag();
    if (tag != LABEL && tag != SAMPLE && tag != EXEMPLAR && tag != HISTOGRAM) {
      wire.skipUnknown(tag, SERIES_FIELDS);
      return wire.bad ? malformed() : wire.at;
    }
    int size = wire.length();
    if (wire.bad) {
      return malformed();
    }
    int from = wire.at;
    int to = from + size;
    boolean good =
        switch (tag) {
          case LABEL -> labels.scattered(at, from, size);
          case SAMPLE -> sample(body, from, to, series, into);
          case EXEMPLAR -> exemplar(body, from, to, into);
          default -> histogram(body, from, to, series, into);
        };
    return good ? to : -1;
  }

  private int malformed() {
    verdict.malformed();
    return -1;
  }

  @Override
  long startTime(int tag) {
    wire.skip(tag);
    return 0;
  }

  @Override
  int sampleFields() {
    return 0x6;
  }

  @Override
  void exemplarLabels(int tag, DecodedBody into) {
    if (tag != LABEL) {
      wire.skipUnknown(tag, 0xE);
      return;
    }
    int outer = wire.enter(wire.length());
    while (wire.more()) {
      int inner = wire.tag();
      if (inner != SpelledLabels.NAME && inner != SpelledLabels.VALUE) {
        wire.skipUnknown(inner, SpelledLabels.LABEL_FIELDS);
        continue;
      }
      int size = wire.length();
      if (!Words.utf8(into.body(), wire.at, size)) {
        wire.fail();
      }
      wire.at += size;
    }
    wire.leave(outer);
  }
}
