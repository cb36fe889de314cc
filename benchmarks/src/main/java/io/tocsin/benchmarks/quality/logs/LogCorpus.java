// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import io.tocsin.benchmarks.quality.corpora.CorpusOrigin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that was found of logs below a directory.
 *
 * @param systems labelled lines, in the order of the systems' names
 * @param sessions labelled sequences of events by the name of their directory
 * @param streams files of lines without labels, by the names of their figures
 * @param origin what figures are made of
 */
public record LogCorpus(
    List<LogSystem> systems,
    Map<String, List<Session>> sessions,
    Map<String, Path> streams,
    CorpusOrigin origin) {
  public LogCorpus {
    systems = List.copyOf(systems);
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return systems.isEmpty() && sessions.isEmpty() && streams.isEmpty();
  }
}
