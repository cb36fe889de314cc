// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@link Drain} is told.
 *
 * @param depth of the tree, with its root and its leaves
 * @param similarity share of equal words from which a line belongs to a template
 * @param maxChildren of a node
 * @param masks what is replaced by a parameter before anything else, in order
 */
record DrainSettings(int depth, double similarity, int maxChildren, List<Pattern> masks) {
  /** The defaults of Drain3. */
  static final DrainSettings DEFAULTS = new DrainSettings(4, 0.4, 100, List.of());

  /** The same with masks for addresses, hexadecimal numbers and numbers, as it is mostly used. */
  static final DrainSettings MASKED =
      of(
          4,
          0.4,
          "\\b\\d{1,3}(\\.\\d{1,3}){3}(:\\d+)?\\b",
          "\\b0[xX][0-9a-fA-F]+\\b",
          "(?<![A-Za-z0-9])[-+]?\\d+(?![A-Za-z0-9])");

  DrainSettings {
    masks = List.copyOf(masks);
  }

  static DrainSettings of(int depth, double similarity, String... masks) {
    return new DrainSettings(
        depth, similarity, 100, Stream.of(masks).map(Pattern::compile).toList());
  }
}
