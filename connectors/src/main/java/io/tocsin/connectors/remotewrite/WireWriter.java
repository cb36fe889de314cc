// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes protobuf's wire format into an array that grows. */
final class WireWriter {
  private byte[] bytes = new byte[256];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void varint(long number) {
    room(10);
    long left = number;
    for (; (left & ~0x7FL) != 0; left >>>= 7) {
      bytes[size++] = (byte) (left | 0x80);
    }
    bytes[size++] = (byte) left;
  }

  void number(int field, long number) {
    varint(field << 3);
    varint(number);
  }

  void fixed64(int field, long bits) {
    varint(field << 3 | WireReader.FIXED64);
    room(8);
    Words.putLong(bytes, size, bits);
    size += 8;
  }

  void text(int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    varint(field << 3 | WireReader.BYTES);
    varint(utf8.length);
    raw(utf8, utf8.length);
  }

  void message(int field, WireWriter message) {
    varint(field << 3 | WireReader.BYTES);
    varint(message.size);
    raw(message);
  }

  void raw(WireWriter other) {
    raw(other.bytes, other.size);
  }

  void raw(byte[] other) {
    raw(other, other.length);
  }

  private void raw(byte[] other, int length) {
    room(length);
    System.arraycopy(other, 0, bytes, size, length);
    size += length;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
