// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.models.telemetry.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one series as ranges of a body that is known to be valid: the slow way, for what is
 * not done per sample.
 */
final class LabelRanges {
  private final WireReader wire = new WireReader();
  private int count;
  private int[] nameAt = new int[16];
  private int[] nameLength = new int[16];
  private int[] valueAt = new int[16];
  private int[] valueLength = new int[16];
  private int pendingName = -1;

  /** Reads the labels of a series; of a 2.0 body when there are symbols. */
  void read(byte[] body, int from, int to, @Nullable Symbols symbols) {
    count = 0;
    pendingName = -1;
    wire.over(body, from, to);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag >>> 3 != 1) {
        wire.skip(tag);
      } else if (symbols == null) {
        int outer = wire.enter(wire.length());
        label();
        wire.leave(outer);
      } else if ((tag & 7) == WireReader.VARINT) {
        ref((int) wire.varint(), symbols);
      } else {
        int outer = wire.enter(wire.length());
        while (wire.more()) {
          ref((int) wire.varint(), symbols);
        }
        wire.leave(outer);
      }
    }
  }

  private void label() {
    int name = 0;
    int nameSize = 0;
    int value = 0;
    int valueSize = 0;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag >>> 3 > 2) {
        wire.skip(tag);
        continue;
      }
      int size = wire.length();
      if (tag >>> 3 == 1) {
        name = wire.at;
        nameSize = size;
      } else {
        value = wire.at;
        valueSize = size;
      }
      wire.at += size;
    }
    add(name, nameSize, value, valueSize);
  }

  private void ref(int ref, Symbols symbols) {
    if (pendingName < 0) {
      pendingName = ref;
    } else {
      add(
          symbols.at(pendingName),
          symbols.length(pendingName),
          symbols.at(ref),
          symbols.length(ref));
      pendingName = -1;
    }
  }

  private void add(int name, int nameSize, int value, int valueSize) {
    if (count == nameAt.length) {
      nameAt = Arrays.copyOf(nameAt, 2 * count);
      nameLength = Arrays.copyOf(nameLength, 2 * count);
      valueAt = Arrays.copyOf(valueAt, 2 * count);
      valueLength = Arrays.copyOf(valueLength, 2 * count);
    }
    nameAt[count] = name;
    nameLength[count] = nameSize;
    valueAt[count] = value;
    valueLength[count++] = valueSize;
  }

  /** Sorts by the bytes of the names: by insertion, since they nearly always come sorted. */
  void sort(byte[] body) {
    for (int i = 1; i < count; i++) {
      for (int j = i; j > 0 && compareNames(body, j - 1, j) > 0; j--) {
        swap(nameAt, j);
        swap(nameLength, j);
        swap(valueAt, j);
        swap(valueLength, j);
      }
    }
  }

  private static void swap(int[] column, int j) {
    int kept = column[j];
    column[j] = column[j - 1];
    column[j - 1] = kept;
  }

  private int compareNames(byte[] body, int a, int b) {
    return Words.compare(body, nameAt[a], nameLength[a], nameAt[b], nameLength[b]);
  }

  /** Whether a name occurs twice; only after sorting. */
  boolean duplicates(byte[] body) {
    for (int i = 1; i < count; i++) {
      if (compareNames(body, i - 1, i) == 0) {
        return true;
      }
    }
    return false;
  }

  int canonicalBytes() {
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += varintBytes(nameLength[i]) + nameLength[i];
      bytes += varintBytes(valueLength[i]) + valueLength[i];
    }
    return bytes;
  }

  int copyCanonical(byte[] body, byte[] to, int from) {
    int at = from;
    for (int i = 0; i < count; i++) {
      at = copyText(body, nameAt[i], nameLength[i], to, at);
      at = copyText(body, valueAt[i], valueLength[i], to, at);
    }
    return at;
  }

  private static int copyText(byte[] body, int text, int length, byte[] to, int from) {
    int at = from;
    int left = length;
    for (; left >= 0x80; left >>>= 7) {
      to[at++] = (byte) (left | 0x80);
    }
    to[at++] = (byte) left;
    System.arraycopy(body, text, to, at, length);
    return at + length;
  }

  private static int varintBytes(int number) {
    return (38 - Integer.numberOfLeadingZeros(number | 1)) / 7;
  }

  Labels labels(byte[] body) {
    String[] pairs = new String[2 * count];
    for (int i = 0; i < count; i++) {
      pairs[2 * i] = new String(body, nameAt[i], nameLength[i], StandardCharsets.UTF_8);
      pairs[2 * i + 1] = new String(body, valueAt[i], valueLength[i], StandardCharsets.UTF_8);
    }
    return Labels.of(pairs);
  }

  static Labels readCanonical(byte[] bytes, int from, int length) {
    LabelRanges ranges = new LabelRanges();
    WireReader wire = ranges.wire;
    wire.over(bytes, from, from + length);
    while (wire.more()) {
      int nameSize = wire.length();
      int name = wire.at;
      wire.at += nameSize;
      int valueSize = wire.length();
      ranges.add(name, nameSize, wire.at, valueSize);
      wire.at += valueSize;
    }
    if (wire.bad) {
      throw new IllegalArgumentException("these bytes are not labels in their canonical form");
    }
    return ranges.labels(bytes);
  }
}
