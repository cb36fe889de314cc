// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.util.Comparator;
import java.util.List;

/** Chooses the patterns whose counts are shown: errors, what is new, and the most frequent. */
final class LogExport {
  static final String NAME = "tocsin_log_lines_total";

  /** Of a service. */
  private static final int MOST = 20;

  private static final Comparator<PatternLogs> TELLING_FIRST =
      Comparator.comparing((PatternLogs each) -> !LogSeries.isError(each.level))
          .thenComparing(each -> each.noveltyRow == PatternLogs.NO_ROW)
          .thenComparing(Comparator.comparingDouble((PatternLogs each) -> each.usual).reversed())
          .thenComparing(each -> each.id);

  private final LogListener listener;

  LogExport(LogListener listener) {
    this.listener = listener;
  }

  void close(ServiceLogs service, long time) {
    List<PatternLogs> chosen =
        service.logs.values().stream().sorted(TELLING_FIRST).limit(MOST).toList();
    for (PatternLogs each : chosen) {
      if (each.counter == null) {
        each.counter = LogSeries.ofPattern(NAME, service.entity, each);
      }
      listener.counted(each.counter, time, each.count);
    }
  }
}
