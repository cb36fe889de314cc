// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes and fully validates uncompressed remote-write bodies into primitive columns. Once its
 * tables have grown to the size of what it is given, it allocates nothing. One instance per thread.
 *
 * <p>It accepts what protobuf-java accepts for the same schema, and is stricter on purpose in this:
 * a known field with a foreign wire type, groups, the other protocol's fields, an empty or doubled
 * label name, an empty label value, a missing metric name, and whatever is over a limit reject the
 * whole body. Labels that come unsorted are accepted, since nothing here depends on their order.
 */
public final class RemoteWriteDecoder {
  private static final int V1_SERIES = 1 << 3 | WireReader.BYTES;
  private static final int V1_METADATA = 3 << 3 | WireReader.BYTES;
  private static final int V2_SYMBOL = 4 << 3 | WireReader.BYTES;
  private static final int V2_SERIES = 5 << 3 | WireReader.BYTES;

  /** Fields 1 and 3, and those that only the other protocol's message has. */
  private static final int V1_FIELDS = 0xA;

  private static final int V1_FOREIGN = 0x30;
  private static final int V2_FIELDS = 0x30;
  private static final int V2_FOREIGN = 0xE;

  private final RemoteWriteLimits limits;
  private final Verdict verdict = new Verdict();
  private final WireReader wire = new WireReader();
  private final SeriesReaderV1 v1;
  private final SeriesReaderV2 v2;

  public RemoteWriteDecoder(RemoteWriteLimits limits) {
    this.limits = limits;
    v1 = new SeriesReaderV1(limits, verdict);
    v2 = new SeriesReaderV2(limits, verdict);
  }

  /**
   * Decodes one body.
   *
   * @return {@code null} when the columns are filled; else why not, and the columns are empty
   */
  public @Nullable Rejection decode(
      byte[] body, int from, int length, Protocol protocol, DecodedBody into) {
    Objects.checkFromIndexSize(from, length, body.length);
    verdict.clear();
    into.begin(body, protocol);
    boolean good =
        length > limits.maxDecodedBytes()
            ? tooLong(length)
            : protocol == Protocol.V1
                ? readV1(body, from, from + length, into)
                : scanV2(body, from, from + length, into) && readV2(into);
    if (!good) {
      into.clear();
    }
    return verdict.rejection();
  }

  private boolean tooLong(int length) {
    return verdict.reject(
        Reason.DECODED_TOO_LARGE,
        "the body unpacks to " + length + " bytes, over the limit " + limits.maxDecodedBytes());
  }

  /** Reads each series when it is met, so that memory is read in its order. */
  private boolean readV1(byte[] body, int from, int to, DecodedBody into) {
    v1.begin(into);
    wire.over(body, from, to);
    while (wire.more()) {
      int tag = wire.tag();
      boolean good =
          switch (tag) {
            case V1_SERIES -> series(into) && read(v1, into.seriesCount - 1, into);
            case V1_METADATA -> metadata(into);
            default -> other(tag, V1_FIELDS, V1_FOREIGN);
          };
      if (!good) {
        return false;
      }
    }
    return !wire.bad || verdict.malformed();
  }

  private boolean readV2(DecodedBody into) {
    v2.begin(into);
    for (int i = 0; i < into.seriesCount; i++) {
      if (!read(v2, i, into)) {
        return false;
      }
    }
    return true;
  }

  private boolean read(SeriesReader reader, int series, DecodedBody into) {
    return reader.read(series, into) || verdict.inSeries(series);
  }

  /** Finds all symbols before any series is read: protobuf allows them to come last. */
  private boolean scanV2(byte[] body, int from, int to, DecodedBody into) {
    wire.over(body, from, to);
    while (wire.more()) {
      int tag = wire.tag();
      boolean good =
          switch (tag) {
            case V2_SERIES -> series(into);
            case V2_SYMBOL -> symbol(into.symbols());
            default -> other(tag, V2_FIELDS, V2_FOREIGN);
          };
      if (!good) {
        return false;
      }
    }
    if (wire.bad) {
      return verdict.malformed();
    }
    Symbols symbols = into.symbols();
    if (symbols.count() == 0 ? into.seriesCount == 0 : symbols.length(0) == 0) {
      return true;
    }
    return verdict.reject(Reason.SYMBOLS, "the first symbol must be the empty string");
  }

  private boolean series(DecodedBody into) {
    if (into.seriesCount == limits.maxSeries()) {
      return verdict.reject(
          Reason.LIMIT, "the body has more series than the limit " + limits.maxSeries());
    }
    int size = wire.length();
    if (wire.bad) {
      return verdict.malformed();
    }
    into.addSeries(wire.at, wire.at + size);
    wire.at += size;
    return true;
  }

  private boolean symbol(Symbols symbols) {
    if (symbols.count() == limits.maxSymbols()) {
      return verdict.reject(
          Reason.LIMIT, "the body has more symbols than the limit " + limits.maxSymbols());
    }
    int size = wire.length();
    if (!Words.utf8(wire.bytes, wire.at, size)) {
      return verdict.reject(Reason.UTF8, "a symbol is not UTF-8");
    }
    symbols.add(wire.at, size);
    wire.at += size;
    return true;
  }

  private boolean other(int tag, int known, int foreign) {
    int number = tag >>> 3;
    if (!wire.bad && number < 32 && (foreign >>> number & 1) != 0) {
      return verdict.reject(
          Reason.WRONG_PROTOCOL,
          "the body has fields of the other remote-write version than Content-Type says");
    }
    wire.skipUnknown(tag, known);
    return true;
  }

  private boolean metadata(DecodedBody into) {
    if (into.families.count() == limits.maxSeries()) {
      return verdict.reject(
          Reason.LIMIT, "the body has more metadata than the limit " + limits.maxSeries());
    }
    return into.families.read(wire)
        || wire.bad
        || verdict.reject(Reason.UTF8, "metadata is not UTF-8");
  }
}
