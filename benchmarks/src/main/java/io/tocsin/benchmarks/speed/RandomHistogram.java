// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The fields of a native histogram message: mostly sound, sometimes in one point not. */
final class RandomHistogram {
  private final SplittableRandom random;
  private final RandomWire wire;
  private long total;

  RandomHistogram(SplittableRandom random, RandomWire wire) {
    this.random = random;
    this.wire = wire;
  }

  List<byte[]> fields() {
    boolean floats = random.nextInt(3) == 0;
    boolean custom = random.nextInt(5) == 0;
    List<byte[]> fields = new ArrayList<>();
    fields.add(
        wire.fixed64(
            3, random.nextInt(5) == 0 ? 0x7FF0000000000002L : Double.doubleToRawLongBits(4.5)));
    fields.add(wire.zigzag(4, custom ? -53 : random.nextInt(14) - 4));
    if (custom) {
      fields.add(wire.packedDoubles(16, new double[] {0.1, 0.5, 1, 2, 4, 8, 16, 32}));
    } else {
      fields.add(wire.fixed64(5, Double.doubleToRawLongBits(1e-128)));
      long zero = random.nextInt(4);
      total += zero;
      fields.add(
          floats
              ? wire.fixed64(7, Double.doubleToRawLongBits((double) zero))
              : wire.number(6, zero));
      side(fields, 8, floats, false);
    }
    side(fields, 11, floats, custom);
    long count = total + (random.nextInt(20) == 0 ? random.nextInt(3) - 1 : 0);
    fields.add(
        floats
            ? wire.fixed64(2, Double.doubleToRawLongBits((double) count))
            : wire.number(1, count));
    fields.add(wire.number(14, random.nextInt(5)));
    fields.add(wire.number(15, 1_700_000_000_000L));
    if (random.nextInt(4) == 0) {
      fields.add(wire.number(17, 1_600_000_000_000L));
    }
    return fields;
  }

  private void side(List<byte[]> fields, int first, boolean floats, boolean custom) {
    int buckets = random.nextInt(5);
    long[] deltas = new long[buckets];
    double[] counts = new double[buckets];
    long before = 0;
    for (int i = 0; i < buckets; i++) {
      long count = random.nextInt(random.nextInt(30) == 0 ? 100_000 : 6);
      deltas[i] = (count - before) << 1 ^ (count - before) >> 63;
      counts[i] = (double) count;
      before = count;
      total += count;
    }
    int head = random.nextInt(buckets + 1);
    int offset = custom ? 0 : random.nextInt(10) - 5;
    span(fields, first, offset, head);
    span(fields, first, random.nextInt(3), buckets - head + (random.nextInt(40) == 0 ? 1 : 0));
    if (floats) {
      fields.add(wire.packedDoubles(first + 2, counts));
    } else {
      fields.addAll(wire.packed(first + 1, deltas));
    }
  }

  private void span(List<byte[]> fields, int field, int offset, int length) {
    if (length > 0 || random.nextInt(4) == 0) {
      fields.add(wire.message(field, List.of(wire.zigzag(1, offset), wire.number(2, length))));
    }
  }
}
