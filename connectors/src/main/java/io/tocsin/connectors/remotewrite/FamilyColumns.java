// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.models.telemetry.MetricKind;
import java.util.Arrays;

/** The metadata entries of a 1.0 body: metric families and their kinds. */
final class FamilyColumns {
  private static final int KIND = 1 << 3;
  private static final int FAMILY = 2 << 3 | WireReader.BYTES;
  private static final int HELP = 4 << 3 | WireReader.BYTES;
  private static final int UNIT = 5 << 3 | WireReader.BYTES;
  private static final int FIELDS = 0x36;

  private int count;
  private int[] at = new int[4];
  private int[] length = new int[4];
  private byte[] kind = new byte[4];

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  int at(int entry) {
    return at[entry];
  }

  int length(int entry) {
    return length[entry];
  }

  int kind(int entry) {
    return kind[entry];
  }

  /** Reads the message that the cursor has before it; {@code false} when a text is not UTF-8. */
  boolean read(WireReader wire) {
    int number = 0;
    int familyAt = 0;
    int familyLength = 0;
    boolean utf8 = true;
    int outer = wire.enter(wire.length());
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == KIND) {
        number = (int) wire.varint();
      } else if (tag == FAMILY || tag == HELP || tag == UNIT) {
        int size = wire.length();
        utf8 &= Words.utf8(wire.bytes, wire.at, size);
        familyAt = tag == FAMILY ? wire.at : familyAt;
        familyLength = tag == FAMILY ? size : familyLength;
        wire.at += size;
      } else {
        wire.skipUnknown(tag, FIELDS);
      }
    }
    wire.leave(outer);
    add(familyAt, familyLength, MetricKind.ofNumber(number));
    return utf8;
  }

  private void add(int familyAt, int familyLength, MetricKind familyKind) {
    if (count == at.length) {
      at = Arrays.copyOf(at, 2 * count);
      length = Arrays.copyOf(length, 2 * count);
      kind = Arrays.copyOf(kind, 2 * count);
    }
    at[count] = familyAt;
    length[count] = familyLength;
    kind[count++] = (byte) familyKind.number();
  }
}
