// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/** Tells the counts of chosen patterns. */
final class LogExport {
  static final String NAME = "tocsin_log_lines_total";

  private static final Comparator<PatternLogs> TELLING_FIRST =
      Comparator.comparing((PatternLogs each) -> !LogSeries.isError(each.level))
          .thenComparing(each -> each.noveltyRow == PatternLogs.NO_ROW)
          .thenComparing(Comparator.comparingDouble((PatternLogs each) -> each.usual).reversed())
          .thenComparing(each -> each.id);

  private final CountedPatterns counted;
  private final long[] ids;
  private final LogListener listener;

  LogExport(CountedPatterns counted, LogListener listener) {
    this.counted = counted;
    this.listener = listener;
    ids = counted.ids().stream().mapToLong(HexFormat::fromHexDigitsToLong).toArray();
  }

  void close(ServiceLogs service, long time) {
    for (PatternLogs each : chosen(service)) {
      if (each.counter == null) {
        each.counter = LogSeries.ofPattern(NAME, service.entity, each);
      }
      listener.counted(each.counter, time, each.count);
    }
  }

  private Set<PatternLogs> chosen(ServiceLogs service) {
    Set<PatternLogs> chosen = new LinkedHashSet<>();
    for (long id : ids) {
      PatternLogs named = service.logs.get(service.patterns.resolve(id));
      if (named != null) {
        chosen.add(named);
      }
    }
    if (counted.most() > 0 && counted.matches(service.entity)) {
      service.logs.values().stream()
          .filter(each -> counted.matches(each.level))
          .sorted(TELLING_FIRST)
          .limit(counted.most())
          .forEach(chosen::add);
    }
    return chosen;
  }
}
