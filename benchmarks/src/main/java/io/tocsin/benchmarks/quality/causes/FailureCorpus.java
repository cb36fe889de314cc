// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.corpora.CorpusOrigin;
import java.util.List;

/**
 * The failures of one system.
 *
 * @param timed whether it is known when the failures began
 * @param failures each with a known cause
 * @param normal times at which nothing failed
 */
public record FailureCorpus(
    String name,
    boolean timed,
    List<FailureCase> failures,
    List<FailureCase> normal,
    CorpusOrigin origin) {
  public FailureCorpus {
    failures = List.copyOf(failures);
    normal = List.copyOf(normal);
  }
}
