// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes a pattern of the line that founds it. */
final class TemplateWriter {
  private static final byte[] PLACEHOLDER = "<*>".getBytes(StandardCharsets.US_ASCII);

  private final SecretMask secrets = new SecretMask();
  private final int maxSampleBytes;
  private byte[] out = new byte[512];
  private int length;

  TemplateWriter(int maxSampleBytes) {
    this.maxSampleBytes = maxSampleBytes;
  }

  MinedPattern pattern(long id, LineScanner line, byte[] text, int from, int end, long time) {
    int words = line.words();
    int[] starts = new int[words];
    int[] ends = new int[words];
    byte[] flags = new byte[words];
    length = 0;
    int at = from;
    for (int i = 0; i < words; i++) {
      copy(text, at, line.from[i]);
      starts[i] = length;
      if (line.form[i] >= 0) {
        values(text, line.from[i], line.to[i]);
        flags[i] = MinedPattern.VALUE;
      } else {
        copy(text, line.from[i], line.to[i]);
        flags[i] = line.form[i] == WordForm.LIKELY ? MinedPattern.LIKELY : 0;
      }
      ends[i] = length;
      at = line.to[i];
    }
    copy(text, at, line.end());
    if (line.end() < end) {
      put(PLACEHOLDER, 0, PLACEHOLDER.length);
    }
    MinedPattern.Head head = new MinedPattern.Head(id, line.shape(), sample(text, from, end), time);
    return new MinedPattern(
        head,
        Arrays.copyOf(line.hash, words),
        flags,
        Arrays.copyOf(line.parts, words),
        new MinedPattern.Text(Arrays.copyOf(out, length), starts, ends));
  }

  private byte[] sample(byte[] text, int from, int end) {
    return secrets.masked(text, from, end, maxSampleBytes);
  }

  /** Values beside each other: each becomes a placeholder, what is between them stays. */
  private void values(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      if (isBetween(text[at])) {
        put(text, at, at + 1);
        at++;
      } else {
        put(PLACEHOLDER, 0, PLACEHOLDER.length);
        while (at < to && !isBetween(text[at])) {
          if (text[at] == ':' && text[from] != '/' && isPort(text, at + 1, to)) {
            put(text, at, at + 1);
            put(PLACEHOLDER, 0, PLACEHOLDER.length);
          }
          at++;
        }
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

  private void copy(byte[] text, int from, int to) {
    put(text, from, to);
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
