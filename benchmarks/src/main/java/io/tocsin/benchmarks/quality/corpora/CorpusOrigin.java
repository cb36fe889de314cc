// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import java.util.List;
import java.util.Map;

/**
 * What figures of a corpus are made of.
 *
 * @param name first part of the names of its figures
 * @param layout how its files are laid out
 * @param checksum of all that was read
 * @param sizes how much of what was read
 * @param flaws what could not be read
 */
public record CorpusOrigin(
    String name, String layout, String checksum, Map<String, Long> sizes, List<Flaw> flaws) {
  public CorpusOrigin {
    flaws = List.copyOf(flaws);
  }
}
