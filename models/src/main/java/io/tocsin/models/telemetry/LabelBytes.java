// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

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
    Map<String, String> labels = new TreeMap<>();
    while (reader.at < from + length) {
      labels.put(reader.text(), reader.text());
    }
    return Labels.of(labels);
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

  private String text() {
    int length = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      length |= (next & 0x7F) << shift;
      shift += 7;
    } while (next < 0);
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }
}
