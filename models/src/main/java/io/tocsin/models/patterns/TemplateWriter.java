// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/** Makes the template of the line that founds a pattern. */
final class TemplateWriter {
  private final SecretMask secrets = new SecretMask();
  private final int maxSampleBytes;
  private final int[] starts = new int[LineWords.MAX_WORDS];
  private final int[] ends = new int[LineWords.MAX_WORDS];
  private final TextBuffer out = new TextBuffer();

  TemplateWriter(int maxSampleBytes) {
    this.maxSampleBytes = maxSampleBytes;
  }

  /** The template of a line that was scanned. */
  Template template(LineWords line, byte[] text, int from, int end) {
    Template template = new Template(line.count(), textOf(line, text, from, end));
    for (int i = 0; i < line.count(); i++) {
      template.words[i] = line.hash[i];
      template.flags[i] = Template.flag(line.form[i]);
      template.parts[i] = line.parts[i];
      template.from[i] = starts[i];
      template.to[i] = ends[i];
    }
    return template;
  }

  /** A line as people may see it; words that hold secrets become parameters. */
  byte[] hideSecrets(LineWords line, byte[] text, int from, int end) {
    byte[] sample = secrets.masked(text, from, end, maxSampleBytes);
    for (int i = 0; i < line.count(); i++) {
      if (line.form[i] < 0 && secrets.hid(line.from[i], line.to[i])) {
        line.hash[i] = 0;
        line.form[i] = WordForm.SECRET;
      }
    }
    return sample;
  }

  private byte[] textOf(LineWords line, byte[] text, int from, int end) {
    out.clear();
    int at = from;
    for (int i = 0; i < line.count(); i++) {
      out.put(text, at, line.from[i]);
      starts[i] = out.length();
      if (line.form[i] >= 0) {
        values(text, line, i);
      } else {
        out.put(text, line.from[i], line.to[i]);
      }
      ends[i] = out.length();
      at = line.to[i];
    }
    out.put(text, at, line.end());
    if (line.end() < end) {
      out.put(Template.PLACEHOLDER);
    }
    return out.copy(out.length());
  }

  /** Values beside each other: each becomes a placeholder, what is between them stays. */
  private void values(byte[] text, LineWords line, int word) {
    int to = line.to[word];
    int at = line.from[word];
    if (line.parts[word] == 1) {
      value(text, at, to, to);
      return;
    }
    while (at < to) {
      int end = at;
      while (end < to && !isBetween(text[end])) {
        end++;
      }
      if (end > at) {
        value(text, at, end, to);
      } else {
        end = at + 1;
        out.put(text, at, end);
      }
      at = end;
    }
  }

  /** One value; the port after an address is another. */
  private void value(byte[] text, int from, int to, int limit) {
    out.put(Template.PLACEHOLDER);
    boolean dots = false;
    for (int at = from; at < to; at++) {
      dots |= text[at] == '.';
      if (text[at] == ':' && dots && isPort(text, at + 1, limit)) {
        out.put(text, at, at + 1);
        out.put(Template.PLACEHOLDER);
        dots = false;
      }
    }
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
}
