// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.findings;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What log lines show of a finding.
 *
 * @param pattern id of the pattern, 16 hexadecimal digits; empty when it is about all lines of a
 *     service
 * @param template the pattern with a mark in the place of each parameter
 * @param level the severity of its lines, such as {@code error}; empty when they tell none
 * @param samples a line of it from each of its last intervals, without secrets, the newest last
 * @param trace trace id of the newest of them; empty when it has none
 * @param parameter the parameter that changed, or null
 */
public record LogEvidence(
    String pattern,
    String template,
    String level,
    List<String> samples,
    String trace,
    @Nullable ChangedParameter parameter) {
  private static final Set<String> ERRORS = Set.of("error", "fatal");
  private static final Set<String> ORDINARY = Set.of("trace", "debug", "info");

  public LogEvidence {
    samples = List.copyOf(samples);
  }

  /** Whether its lines tell of errors. */
  public boolean isError() {
    return ERRORS.contains(level);
  }

  /** Whether its lines say themselves that they tell of no trouble. */
  public boolean isOrdinary() {
    return ORDINARY.contains(level);
  }

  /** The newest line of it, or the empty string. */
  public String sample() {
    return samples.isEmpty() ? "" : samples.get(samples.size() - 1);
  }
}
