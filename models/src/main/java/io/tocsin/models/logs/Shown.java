// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.findings.ChangedParameter;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.patterns.Pattern;
import io.tocsin.models.telemetry.Labels;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is shown of the lines that a finding is about. */
final class Shown {
  private Shown() {}

  /** Of a pattern. */
  static LogEvidence of(
      ServiceLogs service, PatternLogs pattern, @Nullable ChangedParameter parameter) {
    return new LogEvidence(
        LogSeries.id(pattern.id),
        template(service, pattern.id),
        LogSeries.level(pattern.level),
        pattern.samples(),
        pattern.trace(),
        parameter);
  }

  /** Of a series of counts: its pattern, or that which tells most of all lines that it counts. */
  static LogEvidence of(@Nullable ServiceLogs service, Labels labels) {
    String level = labels.get(LogSeries.LEVEL);
    if (service == null) {
      return ofLevel(level, null);
    }
    if (labels.metric().equals(LogSeries.MIX)) {
      // Whether there is more of it or less, it is no finding about that pattern or its level.
      return ofLevel("", new Mix(service).changedMost());
    }
    PatternLogs pattern = pattern(service, labels.get(LogSeries.PATTERN), level);
    return pattern == null ? ofLevel(level, null) : of(service, pattern, null);
  }

  /** Of all lines of a service: the last ones. */
  static LogEvidence of(ServiceLogs service) {
    Comparator<PatternLogs> newest =
        Comparator.comparingLong((PatternLogs each) -> each.last).thenComparing(each -> each.id);
    return ofLevel("", service.logs.values().stream().max(newest).orElse(null));
  }

  private static LogEvidence ofLevel(String level, @Nullable PatternLogs shown) {
    return shown == null
        ? new LogEvidence("", "", level, List.of(), "", null)
        : new LogEvidence("", "", level, shown.samples(), shown.trace(), null);
  }

  /** The pattern with this id; else of those of a level the one that has grown most. */
  private static @Nullable PatternLogs pattern(ServiceLogs service, String id, String level) {
    if (!id.isEmpty()) {
      return service.logs.get(service.patterns.resolve(HexFormat.fromHexDigitsToLong(id)));
    }
    return service.logs.values().stream()
        .filter(each -> !level.isEmpty() && LogSeries.level(each.level).equals(level))
        .max(
            Comparator.comparingDouble((PatternLogs each) -> each.recent() - each.usual)
                .thenComparing(each -> each.id))
        .orElse(null);
  }

  /** The pattern with a mark in the place of each parameter; empty when it is gone. */
  static String template(ServiceLogs service, long id) {
    Pattern pattern = service.patterns.pattern(id);
    return pattern == null ? "" : Printable.of(pattern.template());
  }
}
