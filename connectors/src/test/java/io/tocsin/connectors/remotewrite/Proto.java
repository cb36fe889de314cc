// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;

/** Protobuf's wire format by hand, for bodies that no library would write. */
final class Proto {
  private Proto() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static byte[] times(int count, byte[] part) {
    return join(IntStream.range(0, count).mapToObj(i -> part).toArray(byte[][]::new));
  }

  static byte[] number(int field, long value) {
    WireWriter out = new WireWriter();
    out.number(field, value);
    return out.toBytes();
  }

  static byte[] signed(int field, long value) {
    return number(field, (value << 1) ^ (value >> 63));
  }

  static byte[] real(int field, double value) {
    return bits(field, Double.doubleToRawLongBits(value));
  }

  static byte[] bits(int field, long bits) {
    WireWriter out = new WireWriter();
    out.fixed64(field, bits);
    return out.toBytes();
  }

  static byte[] text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] bytes(int field, byte[]... parts) {
    byte[] content = join(parts);
    WireWriter out = new WireWriter();
    out.varint((long) field << 3 | 2);
    out.varint(content.length);
    out.raw(content);
    return out.toBytes();
  }

  static byte[] varints(long... values) {
    WireWriter out = new WireWriter();
    Arrays.stream(values).forEach(out::varint);
    return out.toBytes();
  }

  /** A label of a 1.0 series. */
  static byte[] label(String name, String value) {
    return bytes(1, text(1, name), text(2, value));
  }

  /** A sample, in field 2 of a series of either protocol. */
  static byte[] sample(double value, long timestamp) {
    return bytes(2, real(1, value), number(2, timestamp));
  }

  /** A body of remote write 1.0 with one series. */
  static byte[] first(byte[]... series) {
    return bytes(1, series);
  }

  /** Symbols of remote write 2.0. */
  static byte[] symbols(String... symbols) {
    return join(Arrays.stream(symbols).map(s -> text(4, s)).toArray(byte[][]::new));
  }

  /** References of a 2.0 series to its labels. */
  static byte[] refs(long... refs) {
    return bytes(1, varints(refs));
  }

  /** A body of remote write 2.0 with the symbols "", "__name__", "up", "job", "shop". */
  static byte[] second(byte[]... series) {
    return join(symbols("", "__name__", "up", "job", "shop"), bytes(5, series));
  }
}
