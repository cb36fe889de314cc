// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A pattern's words, and the text in which they stand. */
final class Template {
  /** Flag of a word: was ever seen as a value. */
  static final byte VALUE = 1;

  /** Flag of a word: different words were seen at its place. */
  static final byte VARIED = 2;

  /** Flag of a word: it looks like a value, though it never changed. */
  static final byte LIKELY = 4;

  /** Flag of a word: it holds digits. */
  static final byte NUMBERED = 8;

  /** Flag of a word: it is not all in capitals. */
  static final byte NOT_CAPITALS = 16;

  static final byte[] PLACEHOLDER = "<*>".getBytes(StandardCharsets.US_ASCII);

  private static final int WORD_BYTES = Long.BYTES + Byte.BYTES + Short.BYTES + 2 * Integer.BYTES;

  /** Hashes of the words, 0 for a parameter. */
  final long[] words;

  final byte[] flags;

  /** How many values a parameter is made of; 0 when it varies. */
  final short[] parts;

  /** Where each word begins and ends in the text. */
  final int[] from;

  final int[] to;

  private byte[] text;

  /** Words and their text, which are kept, not copied. */
  Template(int words, byte[] text) {
    this.words = new long[words];
    flags = new byte[words];
    parts = new short[words];
    from = new int[words];
    to = new int[words];
    this.text = text;
  }

  /** The flag of a word of a form. */
  static byte flag(int form) {
    return switch (form) {
      case WordForm.SECRET -> VALUE | VARIED;
      case WordForm.CAPITALS -> 0;
      case WordForm.LIKELY -> LIKELY | NOT_CAPITALS;
      case WordForm.NUMBERED, WordForm.EMPTY -> NUMBERED | NOT_CAPITALS;
      default -> form >= 0 ? VALUE : NOT_CAPITALS;
    };
  }

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
    int shift = PLACEHOLDER.length - (to[at] - from[at]);
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
    return words.length * WORD_BYTES + text.length;
  }

  String text() {
    return new String(text, StandardCharsets.UTF_8);
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(words.length);
    out.writeInt(text.length);
    out.write(text);
    for (int i = 0; i < words.length; i++) {
      out.writeLong(words[i]);
      out.writeByte(flags[i]);
      out.writeShort(parts[i]);
      out.writeInt(from[i]);
      out.writeInt(to[i]);
    }
  }

  static Template read(DataInput in) throws IOException {
    int words = in.readUnsignedShort();
    byte[] text = new byte[in.readInt()];
    in.readFully(text);
    Template template = new Template(words, text);
    for (int i = 0; i < words; i++) {
      template.words[i] = in.readLong();
      template.flags[i] = in.readByte();
      template.parts[i] = in.readShort();
      template.from[i] = in.readInt();
      template.to[i] = in.readInt();
    }
    return template;
  }
}
