// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;

/**
 * Reads series of remote write 2.0. A label is a pair of references into the symbols; its hashes
 * are those that {@link SymbolLabels} keeps.
 */
final class SeriesReaderV2 extends SeriesReader {
  private static final int REFS = 1 << 3 | WireReader.BYTES;
  private static final int ONE_REF = 1 << 3;
  private static final int SAMPLE = 2 << 3 | WireReader.BYTES;
  private static final int HISTOGRAM = 3 << 3 | WireReader.BYTES;
  private static final int EXEMPLAR = 4 << 3 | WireReader.BYTES;
  private static final int METADATA = 5 << 3 | WireReader.BYTES;
  private static final int CREATED = 6 << 3;
  private static final int SERIES_FIELDS = 0x7E;

  private final SymbolLabels labels;
  private Symbols symbols = new Symbols();
  private int kind;
  private int helpRef;
  private int unitRef;
  private long created;

  SeriesReaderV2(RemoteWriteLimits limits, Verdict verdict) {
    super(limits, verdict);
    labels = new SymbolLabels(rules, verdict);
  }

  @Override
  void begin(DecodedBody into) {
    symbols = into.symbols();
    labels.beginBody(into.body(), symbols);
  }

  @Override
  boolean read(int series, DecodedBody into) {
    byte[] body = into.body();
    int at = into.seriesFrom(series);
    int end = into.seriesTo(series);
    int firstSample = into.sampleCount;
    int firstHistogram = into.histograms.count();
    beginSeries();
    while (at < end) {
      int tag = body[at];
      int size = end - at > 1 ? body[at + 1] : -1;
      int from = at + 2;
      if (size < 0 || size > end - from || (tag & 7) != WireReader.BYTES || tag < 8) {
        at = longField(body, at, end, series, into);
      } else {
        at = field(tag, body, from, from + size, series, into) ? from + size : -1;
      }
      if (at < 0) {
        return false;
      }
    }
    if (created != 0) {
      into.startFrom(firstSample, firstHistogram, created);
    }
    if (into.sampleCount > firstSample && into.histograms.count() > firstHistogram) {
      return verdict.reject(Reason.SERIES, "it has samples and histograms");
    }
    if (!labels.identify(series, into)) {
      return false;
    }
    into.kind(series, kind);
    return (symbols.has(helpRef) && symbols.has(unitRef))
        || verdict.reject(Reason.SYMBOLS, "its metadata refers to a symbol that is not there");
  }

  private void beginSeries() {
    labels.beginSeries();
    kind = 0;
    helpRef = 0;
    unitRef = 0;
    created = 0;
  }

  /** Reads a field that is not a short message; -1 for a fault. */
  private int longField(byte[] body, int at, int end, int series, DecodedBody into) {
    wire.over(body, at, end);
    int tag = wire.tag();
    if (tag == ONE_REF) {
      int ref = (int) wire.varint();
      return wire.bad ? malformed() : labels.ref(ref) ? wire.at : -1;
    }
    if (tag == CREATED) {
      created = wire.varint();
      return wire.bad ? malformed() : wire.at;
    }
    if ((tag & 7) != WireReader.BYTES) {
      wire.skipUnknown(tag, SERIES_FIELDS);
      return wire.bad ? malformed() : wire.at;
    }
    int size = wire.length();
    if (wire.bad) {
      return malformed();
    }
    int from = wire.at;
    return field(tag, body, from, from + size, series, into) ? from + size : -1;
  }

  private int malformed() {
    verdict.malformed();
    return -1;
  }

  private boolean field(int tag, byte[] body, int from, int to, int series, DecodedBody into) {
    return switch (tag) {
      case REFS -> labels.refs(from, to);
      case SAMPLE -> sample(body, from, to, series, into);
      case HISTOGRAM -> histogram(body, from, to, series, into);
      case EXEMPLAR -> exemplar(body, from, to, into);
      case METADATA -> metadata(body, from, to);
      case 6 << 3 | WireReader.BYTES -> verdict.malformed();
      default -> true;
    };
  }

  private boolean metadata(byte[] body, int from, int to) {
    wire.over(body, from, to);
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 -> kind = (int) wire.varint();
        case 3 << 3 -> helpRef = (int) wire.varint();
        case 4 << 3 -> unitRef = (int) wire.varint();
        default -> wire.skipUnknown(tag, 0x1A);
      }
    }
    return !wire.bad || verdict.malformed();
  }

  @Override
  long startTime(int tag) {
    return wire.varint();
  }

  @Override
  int sampleFields() {
    return 0xE;
  }

  @Override
  void exemplarLabels(int tag, DecodedBody into) {
    if (tag == ONE_REF) {
      exemplarRef();
    } else if (tag == REFS) {
      int outer = wire.enter(wire.length());
      while (wire.more()) {
        exemplarRef();
      }
      wire.leave(outer);
    } else {
      wire.skipUnknown(tag, 0xE);
    }
  }

  private void exemplarRef() {
    if (!symbols.has((int) wire.varint())) {
      verdict.reject(Reason.SYMBOLS, "an exemplar refers to a symbol that is not there");
      wire.fail();
    }
    oddRefs = !oddRefs;
  }
}
