// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import io.tocsin.models.telemetry.SeriesHash;

/**
 * Reads series of remote write 1.0. Neighbours in a body share most labels, so the reader keeps the
 * labels of the series before, by position: one with the same bytes needs neither validation nor
 * hashing.
 */
final class SeriesReaderV1 extends SeriesReader {
  private static final int LABEL = 1 << 3 | WireReader.BYTES;
  private static final int SAMPLE = 2 << 3 | WireReader.BYTES;
  private static final int EXEMPLAR = 3 << 3 | WireReader.BYTES;
  private static final int HISTOGRAM = 4 << 3 | WireReader.BYTES;
  private static final int SERIES_FIELDS = 0x1E;
  private static final int LABEL_NAME = LABEL;
  private static final int LABEL_VALUE = SAMPLE;
  private static final int LABEL_FIELDS = 0x6;

  /** A label seen at this position of a series, this one or one before. */
  private static final class Slot {
    int at;
    int length;
    int nameAt;
    int nameLength;
    int valueAt;
    int valueLength;
    int role;
    long nameHash;
    long hash;
    long check;
    long group;

    /** The series in which the name at this position last changed. */
    int renamedIn;
  }

  private final Slot[] slots;

  /** How many slots point into this body. */
  private int written;

  /** How many of them were compared with their neighbours in the series before. */
  private int ordered;

  /** How many labels the series at hand has. */
  private int count;

  SeriesReaderV1(RemoteWriteLimits limits, Verdict verdict) {
    super(limits, verdict);
    slots = new Slot[limits.maxLabels()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Slot();
    }
  }

  @Override
  void begin(DecodedBody into) {
    written = 0;
    ordered = 0;
  }

  @Override
  boolean read(int series, DecodedBody into) {
    byte[] body = into.body();
    int at = into.seriesFrom(series);
    int end = into.seriesTo(series);
    count = 0;
    while (at < end) {
      int tag = body[at];
      int size = end - at > 1 ? body[at + 1] : -1;
      int from = at + 2;
      if (size < 0 || size > end - from || (tag != LABEL && tag != SAMPLE)) {
        at = otherField(body, at, end, series, into);
        if (at < 0) {
          return false;
        }
        continue;
      }
      at = from + size;
      boolean good =
          tag == LABEL ? label(body, from, size, series) : sample(body, from, at, series, into);
      if (!good) {
        return false;
      }
    }
    return identify(series, into);
  }

  /** Reads a field that is not short, or neither label nor sample; -1 for a fault. */
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
          case LABEL -> label(body, from, size, series);
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

  private boolean label(byte[] body, int at, int length, int series) {
    int i = count;
    if (i == slots.length) {
      return rules.complete(i + 1, true);
    }
    count = i + 1;
    Slot slot = slots[i];
    if (i < written) {
      if (slot.length == length && Words.same(body, slot.at, at, length)) {
        return true;
      }
    } else {
      written = i + 1;
      slot.nameLength = -1;
    }
    return newLabel(body, at, length, series, slot);
  }

  private boolean newLabel(byte[] body, int at, int length, int series, Slot slot) {
    int nameAt = slot.nameAt;
    int nameLength = slot.nameLength;
    if (!plainLabel(body, at, length, slot) && !labelByField(body, at, length, slot)) {
      return false;
    }
    slot.at = at;
    slot.length = length;
    if (!rules.sizes(slot.nameLength, slot.valueLength)) {
      return false;
    }
    if (nameLength != slot.nameLength || !Words.same(body, nameAt, slot.nameAt, nameLength)) {
      slot.renamedIn = series;
      slot.role = LabelHash.role(body, slot.nameAt, slot.nameLength);
      slot.nameHash = SeriesHash.ofName(body, slot.nameAt, slot.nameLength);
    }
    long valueHash = SeriesHash.ofValue(body, slot.valueAt, slot.valueLength);
    slot.hash = SeriesHash.label(slot.nameHash, valueHash);
    slot.check = SeriesHash.labelCheck(slot.nameHash, valueHash);
    slot.group =
        LabelHash.group(slot.role, slot.nameHash, slot.hash, body, slot.valueAt, slot.valueLength);
    return true;
  }

  /**
   * The label as all senders write it: name, then value, in ASCII, both shorter than 128 bytes, as
   * follows from the first bits of their lengths.
   */
  private static boolean plainLabel(byte[] body, int at, int length, Slot slot) {
    if (length < 4 || body[at] != LABEL_NAME || !Words.ascii(body, at, length)) {
      return false;
    }
    int nameLength = body[at + 1];
    int value = at + 2 + nameLength;
    int end = at + length;
    if (end - value < 2 || body[value] != LABEL_VALUE || body[value + 1] != end - value - 2) {
      return false;
    }
    slot.nameAt = at + 2;
    slot.nameLength = nameLength;
    slot.valueAt = value + 2;
    slot.valueLength = end - value - 2;
    return true;
  }

  private boolean labelByField(byte[] body, int at, int length, Slot slot) {
    wire.over(body, at, at + length);
    slot.nameLength = 0;
    slot.valueLength = 0;
    boolean utf8 = true;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag != LABEL_NAME && tag != LABEL_VALUE) {
        wire.skipUnknown(tag, LABEL_FIELDS);
        continue;
      }
      int size = wire.length();
      utf8 &= Words.utf8(body, wire.at, size);
      if (tag == LABEL_NAME) {
        slot.nameAt = wire.at;
        slot.nameLength = size;
      } else {
        slot.valueAt = wire.at;
        slot.valueLength = size;
      }
      wire.at += size;
    }
    if (wire.bad) {
      return verdict.malformed();
    }
    return utf8 || verdict.reject(Reason.UTF8, "a label is not UTF-8");
  }

  /** Adds up the labels and checks their order where it was not checked in the series before. */
  private boolean identify(int series, DecodedBody into) {
    long hash = 0;
    long check = 0;
    long group = 0;
    int roles = 0;
    boolean sorted = true;
    boolean renamed = false;
    for (int i = 0; i < count; i++) {
      Slot slot = slots[i];
      hash += slot.hash;
      check += slot.check;
      group += slot.group;
      roles |= slot.role;
      boolean renamedBefore = renamed;
      renamed = slot.renamedIn == series;
      if (i > 0 && (renamed || renamedBefore || i >= ordered)) {
        sorted &= rises(into.body(), slots[i - 1], slot);
      }
    }
    ordered = sorted ? count : 0;
    if (!rules.complete(count, (roles & LabelHash.METRIC) != 0)) {
      return false;
    }
    into.identify(
        series, SeriesHash.finish(hash), SeriesHash.check(check), SeriesHash.finish(group));
    return sorted || rules.distinct(series, into);
  }

  private static boolean rises(byte[] body, Slot first, Slot second) {
    return Words.compare(body, first.nameAt, first.nameLength, second.nameAt, second.nameLength)
        < 0;
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
      if (inner != LABEL_NAME && inner != LABEL_VALUE) {
        wire.skipUnknown(inner, LABEL_FIELDS);
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
