// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The form in which labels travel inside the system and lie in the dictionary: for each label,
 * sorted by name, the length of the name, the name, the length of the value, the value; lengths as
 * base-128 varints, text as UTF-8.
 */
public final class LabelBytes {
  private final byte[] bytes;
  private int at;

  private LabelBytes(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /** The labels that these bytes hold. */
  public static Labels read(byte[] bytes, int from, int length) {
    LabelBytes reader = new LabelBytes(bytes, from);
    List<String> pairs = new ArrayList<>();
    while (reader.at < from + length) {
      pairs.add(reader.text());
    }
    return Labels.ofPairs(pairs.toArray(String[]::new));
  }

  /** The metric's name, read without the other labels; empty when there is none. */
  public static String metric(byte[] bytes) {
    LabelBytes reader = new LabelBytes(bytes, 0);
    while (reader.at < bytes.length) {
      if (reader.text().equals(Labels.NAME)) {
        return reader.text();
      }
      int value = reader.length();
      reader.at += value;
    }
    return "";
  }

  /** The bytes of these labels. */
  public static byte[] write(Labels labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    labels.forEach(
        label -> {
          write(label.getKey(), out);
          write(label.getValue(), out);
        });
    return out.toByteArray();
  }

  private static void write(String text, ByteArrayOutputStream out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = utf8.length;
    while (length >= 0x80) {
      out.write((length & 0x7F) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(utf8);
  }

  /** A number for a value; that of {@link #hasValue}. */
  public static long hashOfValue(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return hash(utf8, 0, utf8.length);
  }

  /** Whether one of the labels has a value whose {@link #hashOfValue} is among these. */
  public static boolean hasValue(byte[] labels, Set<Long> hashes) {
    LabelBytes reader = new LabelBytes(labels, 0);
    while (reader.at < labels.length) {
      int name = reader.length();
      reader.at += name;
      int length = reader.length();
      if (hashes.contains(hash(labels, reader.at, length))) {
        return true;
      }
      reader.at += length;
    }
    return false;
  }

  /** FNV-1a. */
  private static long hash(byte[] bytes, int from, int length) {
    long hash = 0xCBF29CE484222325L;
    for (int i = from; i < from + length; i++) {
      hash = (hash ^ bytes[i]) * 0x100000001B3L;
    }
    return hash;
  }

  private String text() {
    int length = length();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  private int length() {
    int length = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      length |= (next & 0x7F) << shift;
      shift += 7;
    } while (next < 0);
    return length;
  }
}
