// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

/**
 * A cursor over protobuf's wire format. A fault makes it bad for good and ends every loop over it,
 * so that callers ask once, at the end. Numbers are cut to their field's width as protobuf demands:
 * a varint may have up to ten bytes, whatever its type.
 */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  byte[] bytes = new byte[0];
  int at;
  int end;
  boolean bad;

  void over(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    end = to;
    bad = false;
  }

  boolean more() {
    return at < end && !bad;
  }

  /** The next field's number and wire type, as on the wire. */
  int tag() {
    int tag = (int) varint();
    if (tag >>> 3 == 0) {
      fail();
    }
    return tag;
  }

  long varint() {
    return at < end && bytes[at] >= 0 ? bytes[at++] : longVarint();
  }

  private long longVarint() {
    long value = 0;
    for (int shift = 0; shift < 70 && at < end; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    fail();
    return 0;
  }

  /** A number whose lowest bit is the sign. */
  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  int zigzagInt() {
    int value = (int) varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The length of what follows, which is known to be there; 0 when it is not. */
  int length() {
    int length = (int) varint();
    if (length < 0 || length > end - at) {
      fail();
      return 0;
    }
    return length;
  }

  long fixed64() {
    if (end - at < 8) {
      fail();
      return 0;
    }
    at += 8;
    return Words.longAt(bytes, at - 8);
  }

  /** Narrows the cursor to a message of this many bytes; {@link #leave} takes the answer. */
  int enter(int length) {
    int outer = end;
    end = at + length;
    return outer;
  }

  void leave(int outer) {
    end = outer;
  }

  /** Goes past a field that nobody asked for. Groups, long deprecated, are refused. */
  void skip(int tag) {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> pass(8);
      case BYTES -> pass(length());
      case FIXED32 -> pass(4);
      default -> fail();
    }
  }

  /**
   * Goes past a field that has no meaning here; a field that has one has come with the wrong wire
   * type. Bit n of the mask is set for field n.
   */
  void skipUnknown(int tag, int known) {
    int number = tag >>> 3;
    if (number < 32 && (known >>> number & 1) != 0) {
      fail();
    } else {
      skip(tag);
    }
  }

  private void pass(int count) {
    if (end - at < count) {
      fail();
    } else {
      at += count;
    }
  }

  void fail() {
    bad = true;
  }
}
