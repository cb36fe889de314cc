// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.util.List;

/**
 * A pattern as it is told.
 *
 * @param id stable through merges and restarts
 * @param template the line's text with {@code <*>} for each parameter, secrets hidden
 * @param count lines so far
 * @param first time of its first line, milliseconds since the epoch
 * @param last the latest time of its lines, milliseconds since the epoch
 * @param aliases ids of patterns that turned out to be this one
 * @param sample its first line, secrets hidden, cut where it is long
 */
public record Pattern(
    long id,
    String template,
    long count,
    long first,
    long last,
    List<Long> aliases,
    String sample) {
  public Pattern {
    aliases = List.copyOf(aliases);
  }
}
