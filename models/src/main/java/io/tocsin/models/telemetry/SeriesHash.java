// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/**
 * The hashes that name a series inside the system. Fixed for ever: state, shards and finding ids
 * depend on them.
 *
 * <p>Each label is hashed on its own and the label hashes are added up, so that the sum does not
 * depend on the order of labels and one more or one less label costs one addition. The added-up
 * hash goes through a finisher. Three values come out of it:
 *
 * <ul>
 *   <li>{@code hash}, 64 bits, the key of the series;
 *   <li>{@code check}, 32 bits from independent mixing, which tells two series of the same hash
 *       apart;
 *   <li>{@code group}, 64 bits, the same for all series of one histogram or summary and for those
 *       of all running copies of a workload: without the labels {@code le} and {@code quantile},
 *       without the suffixes {@code _bucket}, {@code _sum} and {@code _count} of the metric's name,
 *       and without what names a copy ({@link GroupLabel}). The shard follows from it.
 * </ul>
 *
 * <p>Mixing is a folded 64x64-bit multiplication, as in wyhash (Wang Yi, public domain).
 */
public final class SeriesHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long NAME_SEED = 0x9E3779B97F4A7C15L;
  private static final long VALUE_SEED = 0xC2B2AE3D27D4EB4FL;
  private static final long PAIR_SEED = 0xA0761D6478BD642FL;
  private static final long STEP = 0xE7037ED1A0B428DBL;
  private static final long FINISH = 0x8EBC6AF09C88C6E3L;
  private static final long CHECK = 0x589965CC75374CC3L;

  private SeriesHash() {}

  /** Hash of a label's name, to be given to {@link #label}. */
  public static long ofName(byte[] bytes, int from, int length) {
    return ofBytes(bytes, from, length, NAME_SEED);
  }

  /** Hash of a label's value, to be given to {@link #label}. */
  public static long ofValue(byte[] bytes, int from, int length) {
    return ofBytes(bytes, from, length, VALUE_SEED);
  }

  /** Hash of one label; the sum of those of all labels is the argument of the finishers. */
  public static long label(long nameHash, long valueHash) {
    return fold(nameHash ^ PAIR_SEED, valueHash ^ STEP);
  }

  /** A second, independent hash of one label, for {@link #check}. */
  public static long labelCheck(long nameHash, long valueHash) {
    return fold(nameHash ^ CHECK, Long.rotateLeft(valueHash, 29) ^ FINISH);
  }

  /** The series' hash from the sum of its label hashes; never 0. */
  public static long finish(long sum) {
    long hash = fold(sum ^ FINISH, sum ^ PAIR_SEED);
    return hash == 0 ? FINISH : hash;
  }

  /** The series' check from the sum of its label checks. */
  public static int check(long sumOfChecks) {
    return (int) (fold(sumOfChecks ^ CHECK, sumOfChecks ^ STEP) >>> 32);
  }

  /** The hash of a label set, computed the slow way. */
  public static long of(Labels labels) {
    long sum = 0;
    for (Map.Entry<String, String> label : labels) {
      sum += label(name(label.getKey()), value(label.getValue()));
    }
    return finish(sum);
  }

  /** The check of a label set, computed the slow way. */
  public static int checkOf(Labels labels) {
    long sum = 0;
    for (Map.Entry<String, String> label : labels) {
      sum += labelCheck(name(label.getKey()), value(label.getValue()));
    }
    return check(sum);
  }

  /** The group of a label set, computed the slow way. */
  public static long groupOf(Labels labels) {
    return sum(labels, GroupLabel::ofGroup);
  }

  /**
   * What a series shares with its siblings: those of the same metric and labels, but for the labels
   * that name a running copy. They share their group, too.
   */
  public static long siblingsOf(Labels labels) {
    return sum(labels, GroupLabel::ofSiblings);
  }

  /** What a label adds to a sum. */
  private interface Part {
    long of(int role, long nameHash, long label, byte[] bytes, int at, int length);
  }

  private static long sum(Labels labels, Part part) {
    long sum = 0;
    for (Map.Entry<String, String> label : labels) {
      long name = name(label.getKey());
      byte[] value = label.getValue().getBytes(StandardCharsets.UTF_8);
      long hash = label(name, ofValue(value, 0, value.length));
      sum += part.of(GroupLabel.role(name), name, hash, value, 0, value.length);
    }
    return finish(sum);
  }

  /** A metric's name without the suffix that a part of a histogram or summary carries. */
  public static String familyOf(String metric) {
    byte[] bytes = metric.getBytes(StandardCharsets.UTF_8);
    int kept = familyLength(bytes, 0, bytes.length);
    return kept == bytes.length ? metric : new String(bytes, 0, kept, StandardCharsets.UTF_8);
  }

  /** How many bytes of a metric's name name its family. */
  public static int familyLength(byte[] bytes, int from, int length) {
    if (length > 7 && endsWith(bytes, from + length, "_bucket")) {
      return length - 7;
    }
    if (length > 6 && endsWith(bytes, from + length, "_count")) {
      return length - 6;
    }
    if (length > 4 && endsWith(bytes, from + length, "_sum")) {
      return length - 4;
    }
    return length;
  }

  /** A 64-bit hash of text, for ids. */
  public static long ofText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return finish(ofBytes(bytes, 0, bytes.length, VALUE_SEED));
  }

  /** Sixteen lower-case hexadecimal digits. */
  public static String hex(long hash) {
    return HexFormat.of().toHexDigits(hash);
  }

  static long name(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ofName(bytes, 0, bytes.length);
  }

  private static long value(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ofValue(bytes, 0, bytes.length);
  }

  private static boolean endsWith(byte[] bytes, int end, String suffix) {
    int from = end - suffix.length();
    for (int i = 0; i < suffix.length(); i++) {
      if (bytes[from + i] != suffix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Words of eight bytes, then one word of what is left, read without touching bytes outside the
   * range: overlapping with the word before where there is one.
   */
  private static long ofBytes(byte[] bytes, int from, int length, long seed) {
    long h = seed ^ (length * STEP);
    if (length >= 8) {
      int last = from + length - 8;
      for (int i = from; i < last; i += 8) {
        h = fold(h ^ (long) LONGS.get(bytes, i), STEP ^ h);
      }
      return fold(h ^ (long) LONGS.get(bytes, last), FINISH ^ h);
    }
    return fold(h ^ shortWord(bytes, from, length), FINISH ^ h);
  }

  private static long shortWord(byte[] bytes, int from, int length) {
    if (length >= 4) {
      long low = (int) INTS.get(bytes, from) & 0xFFFFFFFFL;
      long high = (int) INTS.get(bytes, from + length - 4) & 0xFFFFFFFFL;
      return low | high << 32;
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (bytes[from + i] & 0xFFL) << (8 * i);
    }
    return word;
  }

  private static long fold(long a, long b) {
    return Math.multiplyHigh(a, b) ^ (a * b);
  }
}
