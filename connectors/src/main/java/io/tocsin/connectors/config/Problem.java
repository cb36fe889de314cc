// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.config;

/**
 * One thing that is wrong in a configuration.
 *
 * @param path the keys and list positions that lead to it, such as {@code alertmanagers[1].url};
 *     empty for the file as a whole
 * @param line line in the file, from 1, or 0 where there is none
 * @param column column in the line, from 1, or 0 where there is none
 * @param sentence what is wrong and what to do
 */
public record Problem(String path, int line, int column, String sentence) {

  /** {@code path: sentence (line 3, column 7)}. */
  @Override
  public String toString() {
    return (path.isEmpty() ? "" : path + ": ")
        + sentence
        + (line == 0 ? "" : " (line " + line + ", column " + column + ")");
  }
}
