// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import java.util.List;

/**
 * The labelled lines of one system's log.
 *
 * @param name of the system
 * @param lines as first published
 * @param corrected the same with corrected templates; empty where there are none
 */
public record LogSystem(String name, List<ParsedLine> lines, List<ParsedLine> corrected) {
  public LogSystem {
    lines = List.copyOf(lines);
    corrected = List.copyOf(corrected);
  }
}
