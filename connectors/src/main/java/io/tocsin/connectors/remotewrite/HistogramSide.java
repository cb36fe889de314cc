// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.models.telemetry.NativeHistogram;
import java.util.Arrays;

/** Spans and counts of a native histogram's positive or negative side, as on the wire. */
final class HistogramSide {
  private static final int SPAN_FIELDS = 0x6;

  private final int max;
  private int spans;
  private int[] offset = new int[8];
  private int[] length = new int[8];
  private int deltaCount;
  private long[] delta = new long[16];
  private int countCount;
  private double[] count = new double[16];

  HistogramSide(int max) {
    this.max = max;
  }

  void clear() {
    spans = 0;
    deltaCount = 0;
    countCount = 0;
  }

  boolean overLimit() {
    return spans > max || deltaCount > max || countCount > max;
  }

  boolean empty() {
    return spans == 0 && deltaCount == 0 && countCount == 0;
  }

  boolean hasDeltas() {
    return deltaCount > 0;
  }

  boolean hasCounts() {
    return countCount > 0;
  }

  void span(WireReader wire) {
    int spanOffset = 0;
    int spanLength = 0;
    int outer = wire.enter(wire.length());
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 -> spanOffset = wire.zigzagInt();
        case 2 << 3 -> spanLength = (int) wire.varint();
        default -> wire.skipUnknown(tag, SPAN_FIELDS);
      }
    }
    wire.leave(outer);
    if (spans < max) {
      if (spans == offset.length) {
        offset = Arrays.copyOf(offset, 2 * spans);
        length = Arrays.copyOf(length, 2 * spans);
      }
      offset[spans] = spanOffset;
      length[spans] = spanLength;
    }
    spans = Math.min(spans + 1, max + 1);
  }

  void deltas(WireReader wire, int tag) {
    if ((tag & 7) == WireReader.VARINT) {
      delta(wire.zigzag());
      return;
    }
    int outer = wire.enter(wire.length());
    while (wire.more()) {
      delta(wire.zigzag());
    }
    wire.leave(outer);
  }

  private void delta(long value) {
    if (deltaCount < max) {
      if (deltaCount == delta.length) {
        delta = Arrays.copyOf(delta, 2 * deltaCount);
      }
      delta[deltaCount] = value;
    }
    deltaCount = Math.min(deltaCount + 1, max + 1);
  }

  void counts(WireReader wire, int tag) {
    if ((tag & 7) == WireReader.FIXED64) {
      count(Double.longBitsToDouble(wire.fixed64()));
      return;
    }
    int outer = wire.enter(wire.length());
    while (wire.more()) {
      count(Double.longBitsToDouble(wire.fixed64()));
    }
    wire.leave(outer);
  }

  private void count(double value) {
    if (countCount < max) {
      if (countCount == count.length) {
        count = Arrays.copyOf(count, 2 * countCount);
      }
      count[countCount] = value;
    }
    countCount = Math.min(countCount + 1, max + 1);
  }

  static boolean isCount(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }

  /**
   * Adds the integer buckets to what was counted before; -1 when they do not fit the spans, one is
   * negative or they become more than the histogram's count, which also keeps sums from running
   * over.
   */
  long addIntegers(NativeHistogram.Buckets into, long before, long most) {
    if (!spansFit(deltaCount) || before > most) {
      return -1;
    }
    long total = before;
    long running = 0;
    int next = 0;
    int bucket = 0;
    for (int s = 0; s < spans; s++) {
      bucket += offset[s];
      for (int i = 0; i < length[s]; i++) {
        running += delta[next++];
        total += running;
        if (running < 0 || total < 0 || total > most) {
          return -1;
        }
        into.add(bucket++, (double) running);
      }
    }
    return total;
  }

  boolean addFloats(NativeHistogram.Buckets into) {
    if (!spansFit(countCount)) {
      return false;
    }
    int next = 0;
    int bucket = 0;
    for (int s = 0; s < spans; s++) {
      bucket += offset[s];
      for (int i = 0; i < length[s]; i++) {
        if (!isCount(count[next])) {
          return false;
        }
        into.add(bucket++, count[next++]);
      }
    }
    return true;
  }

  /** Whether spans describe this many buckets, from left to right, with indices of 32 bits. */
  private boolean spansFit(int buckets) {
    long described = 0;
    long bucket = 0;
    for (int s = 0; s < spans; s++) {
      described += length[s] & 0xFFFFFFFFL;
      bucket += offset[s] + (length[s] & 0xFFFFFFFFL);
      if ((s > 0 && offset[s] < 0) || described > buckets || Math.abs(bucket) > Integer.MAX_VALUE) {
        return false;
      }
    }
    return described == buckets;
  }
}
