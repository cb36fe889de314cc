// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Protobuf's wire format as it may be, but seldom is: long varints, doubled and unknown fields. */
final class RandomWire {
  private final SplittableRandom random;

  RandomWire(SplittableRandom random) {
    this.random = random;
  }

  private boolean seldom() {
    return random.nextInt(60) == 0;
  }

  private void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    int bytes = 1;
    for (; (left & ~0x7FL) != 0; left >>>= 7) {
      out.write((int) (left & 0x7F) | 0x80);
      bytes++;
    }
    if (seldom()) {
      for (; bytes < 10 && random.nextInt(3) > 0; bytes++) {
        out.write((int) left | 0x80);
        left = 0;
      }
    }
    out.write((int) left);
  }

  byte[] number(int field, long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, (long) field << 3);
    varint(out, value);
    return out.toByteArray();
  }

  byte[] zigzag(int field, long value) {
    return number(field, (value << 1) ^ (value >> 63));
  }

  byte[] fixed64(int field, long bits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, (long) field << 3 | 1);
    fixed64(out, bits);
    return out.toByteArray();
  }

  private static void fixed64(ByteArrayOutputStream out, long bits) {
    for (int i = 0; i < 64; i += 8) {
      out.write((int) (bits >>> i));
    }
  }

  byte[] text(int field, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, (long) field << 3 | 2);
    varint(out, bytes.length);
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  byte[] message(int field, List<byte[]> fields) {
    return text(field, joined(fields));
  }

  /** Varints in one packed field, in two, or unpacked. */
  List<byte[]> packed(int field, long[] values) {
    List<byte[]> fields = new ArrayList<>();
    int cut = seldom() ? random.nextInt(values.length + 1) : values.length;
    boolean single = seldom();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < values.length; i++) {
      if (single) {
        fields.add(number(field, values[i]));
        continue;
      }
      if (i == cut) {
        fields.add(text(field, out.toByteArray()));
        out.reset();
      }
      varint(out, values[i]);
    }
    if (out.size() > 0) {
      fields.add(text(field, out.toByteArray()));
    }
    return fields;
  }

  byte[] packedDoubles(int field, double[] values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (double value : values) {
      fixed64(out, Double.doubleToRawLongBits(value));
    }
    return text(field, out.toByteArray());
  }

  /** Fields one after the other; seldom in another order, twice, or with an unknown one. */
  byte[] joined(List<byte[]> fields) {
    List<byte[]> all = new ArrayList<>(fields);
    if (seldom()) {
      Collections.shuffle(all, new Random(random.nextLong()));
    }
    if (seldom() && !all.isEmpty()) {
      all.add(all.get(random.nextInt(all.size())));
    }
    if (seldom()) {
      all.add(random.nextInt(all.size() + 1), unknown());
    }
    return concatenated(all);
  }

  byte[] concatenated(List<byte[]> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fields.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private byte[] unknown() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int type = random.nextInt(6);
    varint(out, (long) (1 + random.nextInt(40)) << 3 | type);
    int size = type == 1 ? 8 : type == 5 ? 4 : random.nextInt(6);
    if (type == 2) {
      varint(out, size);
    } else if (type == 0) {
      varint(out, random.nextLong());
      size = 0;
    }
    for (int i = 0; i < size; i++) {
      out.write(random.nextInt(256));
    }
    return out.toByteArray();
  }

  /** The body with one fault more, or what may turn out to be none. */
  byte[] mutated(byte[] body) {
    if (body.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(body.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(body, 0, at);
    switch (random.nextInt(7)) {
      case 0 -> out.write(body[at] ^ 1 << random.nextInt(8));
      case 1 -> out.write(random.nextInt(256));
      case 2 -> {
        out.write(random.nextInt(256));
        out.write(body[at]);
      }
      case 3 -> {
        int again = random.nextInt(body.length);
        out.write(body, again, Math.min(random.nextInt(12), body.length - again));
        out.write(body[at]);
      }
      case 4 -> {
        return out.toByteArray();
      }
      case 5 -> out.write(body[at] + (random.nextBoolean() ? 1 : -1));
      default -> {}
    }
    out.write(body, at + 1, body.length - at - 1);
    return out.toByteArray();
  }
}
