// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.Arrays;

/**
 * Reads series of remote write 2.0. A label is a pair of references into the symbols; what a pair
 * adds to the hashes is worked out when it is first seen and kept with the symbol of the value.
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

  /** Per symbol, what it adds as the value of the name that it was last the value of. */
  private static final int STRIDE = 4;

  private static final int NAME = 0;
  private static final int HASH = 1;
  private static final int CHECK = 2;
  private static final int GROUP = 3;

  private long[] pairs = new long[64 * STRIDE];

  /** Per symbol as a name: its hash, and the name that it is known to follow. */
  private long[] nameHash = new long[64];

  private int[] follows = new int[64];
  private byte[] role = new byte[64];
  private int known;

  private Symbols symbols = new Symbols();
  private int labels;
  private int pendingName;
  private int nameBefore;
  private boolean sorted;
  private int roles;
  private long hash;
  private long check;
  private long group;
  private int kind;
  private long created;

  SeriesReaderV2(RemoteWriteLimits limits, Verdict verdict) {
    super(limits, verdict);
  }

  @Override
  void begin(DecodedBody into) {
    symbols = into.symbols();
    known = symbols.count();
    if (known > nameHash.length) {
      int size = Math.max(known, 2 * nameHash.length);
      pairs = new long[size * STRIDE];
      nameHash = new long[size];
      follows = new int[size];
      role = new byte[size];
      return;
    }
    for (int i = 0; i < known; i++) {
      pairs[i * STRIDE + NAME] = 0;
    }
    Arrays.fill(nameHash, 0, known, 0);
    Arrays.fill(follows, 0, known, 0);
  }

  @Override
  boolean read(int series, DecodedBody into) {
    byte[] body = into.body();
    int at = into.seriesFrom(series);
    int end = into.seriesTo(series);
    int firstSample = into.sampleCount;
    int firstHistogram = into.histogramCount;
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
    if (into.sampleCount > firstSample && into.histogramCount > firstHistogram) {
      return verdict.reject(Reason.SERIES, "it has samples and histograms");
    }
    return identify(series, into);
  }

  private void beginSeries() {
    labels = 0;
    pendingName = -1;
    nameBefore = -1;
    sorted = true;
    roles = 0;
    hash = 0;
    check = 0;
    group = 0;
    kind = 0;
    created = 0;
  }

  /** Reads a field that is not a short message; -1 for a fault. */
  private int longField(byte[] body, int at, int end, int series, DecodedBody into) {
    wire.over(body, at, end);
    int tag = wire.tag();
    if (tag == ONE_REF) {
      int ref = (int) wire.varint();
      return wire.bad ? malformed() : ref(ref, body) ? wire.at : -1;
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
      case REFS -> refs(body, from, to);
      case SAMPLE -> sample(body, from, to, series, into);
      case HISTOGRAM -> histogram(body, from, to, series, into);
      case EXEMPLAR -> exemplar(body, from, to, into);
      case METADATA -> metadata(body, from, to);
      case 6 << 3 | WireReader.BYTES -> verdict.malformed();
      default -> true;
    };
  }

  private boolean refs(byte[] body, int from, int to) {
    int at = from;
    while (at < to) {
      int ref = body[at++];
      if (ref < 0) {
        if (at < to && body[at] >= 0) {
          ref = (ref & 0x7F) | body[at++] << 7;
        } else {
          wire.over(body, at - 1, to);
          ref = (int) wire.varint();
          if (wire.bad) {
            return verdict.malformed();
          }
          at = wire.at;
        }
      }
      if (!ref(ref, body)) {
        return false;
      }
    }
    return true;
  }

  private boolean ref(int ref, byte[] body) {
    if (ref < 0 || ref >= known) {
      return verdict.reject(Reason.SYMBOLS, "it refers to a symbol that is not there");
    }
    if (pendingName < 0) {
      pendingName = ref;
      return true;
    }
    int name = pendingName;
    pendingName = -1;
    return label(name, ref, body);
  }

  private boolean label(int name, int value, byte[] body) {
    int pair = value * STRIDE;
    if (pairs[pair + NAME] != name + 1 && !newPair(name, value, body)) {
      return false;
    }
    if (labels++ == limits.maxLabels()) {
      return tooManyLabels();
    }
    hash += pairs[pair + HASH];
    check += pairs[pair + CHECK];
    group += pairs[pair + GROUP];
    roles |= role[name];
    if (follows[name] != nameBefore + 1) {
      sorted &= rises(nameBefore, name, body);
    }
    nameBefore = name;
    return true;
  }

  /** Whether a name comes after another, which is remembered. */
  private boolean rises(int before, int name, byte[] body) {
    boolean rises =
        before < 0
            || Words.compare(
                    body,
                    symbols.at(before),
                    symbols.length(before),
                    symbols.at(name),
                    symbols.length(name))
                < 0;
    if (rises) {
      follows[name] = before + 1;
    }
    return rises;
  }

  private boolean newPair(int name, int value, byte[] body) {
    int valueAt = symbols.at(value);
    int valueLength = symbols.length(value);
    if (!labelSizes(symbols.length(name), valueLength)) {
      return false;
    }
    if (nameHash[name] == 0) {
      nameHash[name] = SeriesHash.ofName(body, symbols.at(name), symbols.length(name));
      role[name] = (byte) LabelHash.role(body, symbols.at(name), symbols.length(name));
    }
    long ofName = nameHash[name];
    long ofValue = SeriesHash.ofValue(body, valueAt, valueLength);
    int pair = value * STRIDE;
    pairs[pair + NAME] = name + 1L;
    pairs[pair + HASH] = SeriesHash.label(ofName, ofValue);
    pairs[pair + CHECK] = SeriesHash.labelCheck(ofName, ofValue);
    pairs[pair + GROUP] =
        LabelHash.group(role[name], ofName, pairs[pair + HASH], body, valueAt, valueLength);
    return true;
  }

  private boolean metadata(byte[] body, int from, int to) {
    wire.over(body, from, to);
    boolean there = true;
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 -> kind = (int) wire.varint();
        case 3 << 3, 4 << 3 -> there &= symbols.has((int) wire.varint());
        default -> wire.skipUnknown(tag, 0x1A);
      }
    }
    if (wire.bad) {
      return verdict.malformed();
    }
    return there || verdict.reject(Reason.SYMBOLS, "its metadata refers to a symbol not there");
  }

  private boolean identify(int series, DecodedBody into) {
    if (pendingName >= 0) {
      return verdict.reject(Reason.SYMBOLS, "its number of label references is odd");
    }
    if ((roles & LabelHash.METRIC) == 0) {
      return unnamed(labels);
    }
    into.identify(
        series, SeriesHash.finish(hash), SeriesHash.check(check), SeriesHash.finish(group));
    into.kind(series, kind);
    return sorted || unsortedLabels(series, into);
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
      wire.fail();
    }
  }
}
