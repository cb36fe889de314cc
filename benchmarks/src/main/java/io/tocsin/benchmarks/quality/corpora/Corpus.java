// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A corpus that was read.
 *
 * @param name first part of the names of its figures
 * @param checksum of all that was read, so that figures can be told apart
 * @param subjects in the order of their names
 * @param flaws what could not be read
 */
public record Corpus(
    String name, Layout layout, String checksum, List<Subject> subjects, List<Flaw> flaws) {
  public Corpus {
    subjects = List.copyOf(subjects);
    flaws = List.copyOf(flaws);
  }

  /** What its figures are made of. */
  public CorpusOrigin origin() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("subjects", (long) subjects.size());
    sizes.put("samples", samples());
    return new CorpusOrigin(name, layout.figures(), checksum, sizes, flaws);
  }

  /** How many values there are in all. */
  public long samples() {
    return subjects.stream().mapToLong(Subject::samples).sum();
  }

  /** Whether anything is labelled. */
  public boolean labelled() {
    return subjects.stream().anyMatch(subject -> subject.labelledFrom() < subject.length());
  }
}
