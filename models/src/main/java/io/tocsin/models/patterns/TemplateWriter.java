// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.util.Arrays;

/** Makes the template of the line that founds a pattern. */
final class TemplateWriter {
  private final SecretMask secrets = new SecretMask();
  private final int maxSampleBytes;
  private final int[] starts = new int[LineScanner.MAX_WORDS];
  private final int[] ends = new int[LineScanner.MAX_WORDS];
  private byte[] out = new byte[512];
  private int length;

  TemplateWriter(int maxSampleBytes) {
    this.maxSampleBytes = maxSampleBytes;
  }

  /** The template of a line that was scanned. */
  Template template(LineScanner line, byte[] text, int from, int end) {
    Template template = new Template(line.words(), textOf(line, text, from, end));
    for (int i = 0; i < line.words(); i++) {
      template.words[i] = line.hash[i];
      template.flags[i] = Template.flag(line.form[i]);
      template.parts[i] = line.parts[i];
      template.from[i] = starts[i];
      template.to[i] = ends[i];
    }
    return template;
  }

  /** A line as people may see it. */
  byte[] sample(byte[] text, int from, int end) {
    return secrets.masked(text, from, end, maxSampleBytes);
  }

  private byte[] textOf(LineScanner line, byte[] text, int from, int end) {
    length = 0;
    int at = from;
    for (int i = 0; i < line.words(); i++) {
      put(text, at, line.from[i]);
      starts[i] = length;
      if (line.form[i] >= 0) {
        values(text, line.from[i], line.to[i]);
      } else {
        put(text, line.from[i], line.to[i]);
      }
      ends[i] = length;
      at = line.to[i];
    }
    put(text, at, line.end());
    if (line.end() < end) {
      put(Template.PLACEHOLDER, 0, Template.PLACEHOLDER.length);
    }
    return Arrays.copyOf(out, length);
  }

  /** Values beside each other: each becomes a placeholder, what is between them stays. */
  private void values(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      if (isBetween(text[at])) {
        put(text, at, at + 1);
        at++;
      } else {
        at = value(text, at, to);
      }
    }
  }

  /** One value; the port after an address is another. */
  private int value(byte[] text, int from, int to) {
    put(Template.PLACEHOLDER, 0, Template.PLACEHOLDER.length);
    boolean dots = false;
    int at = from;
    while (at < to && !isBetween(text[at])) {
      dots |= text[at] == '.';
      if (text[at] == ':' && dots && isPort(text, at + 1, to)) {
        put(text, at, at + 1);
        put(Template.PLACEHOLDER, 0, Template.PLACEHOLDER.length);
        dots = false;
      }
      at++;
    }
    return at;
  }

  private static boolean isPort(byte[] text, int from, int to) {
    int at = from;
    while (at < to && Bytes.isDigit(text[at])) {
      at++;
    }
    return at > from && (at == to || isBetween(text[at]));
  }

  private static boolean isBetween(byte b) {
    return b == ',' || Bytes.kind(b) == Bytes.SPACE;
  }

  private void put(byte[] text, int from, int to) {
    int more = to - from;
    if (length + more > out.length) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
    }
    System.arraycopy(text, from, out, length, more);
    length += more;
  }
}
