// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text file in which programs keep certain passages up to date. */
public final class MarkedText {
  private static final String END = "<!-- /figures -->";

  private MarkedText() {}

  /**
   * Replaces what stands between {@code <!-- figures:NAME -->} and the next end mark.
   *
   * @throws IOException when the file cannot be read or written, or has no such marks
   */
  public static void replace(Path file, String name, String passage) throws IOException {
    String begin = "<!-- figures:" + name + " -->";
    String text = Files.readString(file);
    int from = text.indexOf(begin);
    int to = from < 0 ? -1 : text.indexOf(END, from);
    if (to < 0) {
      throw new IOException(file + " has no passage between " + begin + " and " + END);
    }
    String before = text.substring(0, from + begin.length());
    WholeFile.write(file, before + "\n" + passage.strip() + "\n" + text.substring(to));
  }
}
