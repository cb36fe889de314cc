// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is kept of one pattern. */
final class MinedPattern {
  /** Flag of a word: was ever seen as a value. */
  static final byte VALUE = 1;

  /** Flag of a word: different words were seen at its place. */
  static final byte VARIED = 2;

  /** Flag of a word: it looks like a value, though it never changed. */
  static final byte LIKELY = 4;

  private static final byte[] PLACEHOLDER = "<*>".getBytes(StandardCharsets.US_ASCII);

  final long id;
  final long shape;

  /** Hashes of the words, 0 for a parameter. */
  final long[] words;

  final byte[] flags;

  /** How many values a parameter is made of; 0 when it varies. */
  final short[] parts;

  /** The template, and where each word's text begins and ends in it. */
  byte[] text;

  final int[] from;
  final int[] to;

  final byte[] sample;
  final long first;
  long last;
  long count;

  @Nullable MinedPattern nextOfShape;
  @Nullable MinedPattern older;
  @Nullable MinedPattern newer;

  MinedPattern(Head head, long[] words, byte[] flags, short[] parts, Text template) {
    id = head.id;
    shape = head.shape;
    sample = head.sample;
    first = head.first;
    last = head.first;
    this.words = words;
    this.flags = flags;
    this.parts = parts;
    text = template.bytes;
    from = template.from;
    to = template.to;
  }

  /** What never changes of a pattern. */
  record Head(long id, long shape, byte[] sample, long first) {}

  /** A template's text and its words' places. */
  record Text(byte[] bytes, int[] from, int[] to) {}

  /** Makes a word a parameter. */
  void vary(int at, byte flag) {
    flags[at] |= flag;
    if (words[at] != 0 || parts[at] != 1) {
      words[at] = 0;
      parts[at] = 1;
      replace(at);
    }
  }

  /** Remembers that a parameter has any number of values. */
  void varyParts(int at) {
    parts[at] = 0;
    replace(at);
  }

  private void replace(int at) {
    int removed = to[at] - from[at];
    int shift = PLACEHOLDER.length - removed;
    byte[] now = new byte[text.length + shift];
    System.arraycopy(text, 0, now, 0, from[at]);
    System.arraycopy(PLACEHOLDER, 0, now, from[at], PLACEHOLDER.length);
    System.arraycopy(text, to[at], now, from[at] + PLACEHOLDER.length, text.length - to[at]);
    text = now;
    to[at] += shift;
    for (int i = at + 1; i < words.length; i++) {
      from[i] += shift;
      to[i] += shift;
    }
  }

  int bytes() {
    return 160 + words.length * 19 + text.length + sample.length;
  }

  String template() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text);
    return out.toString(StandardCharsets.UTF_8);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(id);
    out.writeLong(shape);
    out.writeLong(first);
    out.writeLong(last);
    out.writeLong(count);
    write(sample, out);
    write(text, out);
    out.writeShort(words.length);
    for (int i = 0; i < words.length; i++) {
      out.writeLong(words[i]);
      out.writeByte(flags[i]);
      out.writeShort(parts[i]);
      out.writeInt(from[i]);
      out.writeInt(to[i]);
    }
  }

  static MinedPattern read(DataInput in) throws IOException {
    long id = in.readLong();
    long shape = in.readLong();
    long first = in.readLong();
    long last = in.readLong();
    long count = in.readLong();
    byte[] sample = read2(in);
    byte[] text = read2(in);
    int n = in.readUnsignedShort();
    long[] words = new long[n];
    byte[] flags = new byte[n];
    short[] parts = new short[n];
    int[] from = new int[n];
    int[] to = new int[n];
    for (int i = 0; i < n; i++) {
      words[i] = in.readLong();
      flags[i] = in.readByte();
      parts[i] = in.readShort();
      from[i] = in.readInt();
      to[i] = in.readInt();
    }
    Head head = new Head(id, shape, sample, first);
    MinedPattern pattern = new MinedPattern(head, words, flags, parts, new Text(text, from, to));
    pattern.last = last;
    pattern.count = count;
    return pattern;
  }

  private static void write(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] read2(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
