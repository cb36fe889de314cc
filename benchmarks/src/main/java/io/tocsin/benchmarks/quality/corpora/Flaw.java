// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

/**
 * Something of a corpus that could not be read.
 *
 * @param file where
 * @param line number of the line, or 0 when it is about the whole file
 * @param reason what is wrong
 */
public record Flaw(String file, int line, String reason) {

  /** Whether the whole file is missing from every figure. */
  public boolean wholeFile() {
    return line == 0;
  }

  @Override
  public String toString() {
    return line == 0 ? file + ": " + reason : file + ", line " + line + ": " + reason;
  }
}
