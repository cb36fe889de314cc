// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.io.Serializable;

/**
 * What the miner is told. One configuration serves all services.
 *
 * @param maxPatterns patterns kept of a service; the least recently used one makes room for a new
 *     one
 * @param maxLineBytes of a longer line only so many bytes are read, and it is marked as cut
 * @param maxSampleBytes kept of each pattern's first line
 * @param maxSiblings patterns of one shape (the same number of words with the same punctuation
 *     between them), beyond which a new line joins the most similar one whatever it is
 * @param newPatternBurst so many new patterns may come at once
 * @param linesPerNewPattern after that, one in so many lines may found a pattern; other lines that
 *     fit none count as the pattern of all that is left over
 */
public record PatternSettings(
    int maxPatterns,
    int maxLineBytes,
    int maxSampleBytes,
    int maxSiblings,
    int newPatternBurst,
    int linesPerNewPattern)
    implements Serializable {
  /** What is shipped. */
  public static final PatternSettings DEFAULTS =
      new PatternSettings(2_000, 8_192, 512, 64, 1_000, 20);

  public PatternSettings {
    if (maxPatterns < 1 || maxSiblings < 1) {
      throw new IllegalArgumentException("at least one pattern must be kept");
    }
    if (maxLineBytes < 1 || maxSampleBytes < 1) {
      throw new IllegalArgumentException("lines and samples have at least one byte");
    }
    if (newPatternBurst < 1 || linesPerNewPattern < 1) {
      throw new IllegalArgumentException("new patterns must be possible");
    }
  }
}
