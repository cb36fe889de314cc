// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.findings.ChangedParameter;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.logs.LogPattern;
import org.jspecify.annotations.Nullable;

/** Patterns of log lines and what they are evidence of, as rows. */
final class LogMapping {
  private LogMapping() {}

  static @Nullable Row row(@Nullable LogEvidence log) {
    return log == null
        ? null
        : Row.of("LogEvidence")
            .put("pattern", log.pattern())
            .put("template", log.template())
            .put("level", log.level())
            .put("samples", log.samples())
            .put("trace", log.trace())
            .putIfPresent("parameter", row(log.parameter()));
  }

  static LogEvidence evidence(Row row) {
    return new LogEvidence(
        row.text("pattern"),
        row.text("template"),
        row.text("level"),
        row.list("samples"),
        row.text("trace"),
        row.ifPresent("parameter", LogMapping::parameter));
  }

  private static @Nullable Row row(@Nullable ChangedParameter parameter) {
    return parameter == null
        ? null
        : Row.of("ChangedParameter")
            .put("position", parameter.position())
            .put("value", parameter.value())
            .put("usual", parameter.usual());
  }

  private static ChangedParameter parameter(Row row) {
    return new ChangedParameter(row.integer("position"), row.text("value"), row.text("usual"));
  }

  static Row row(LogPattern pattern) {
    return Row.of("LogPattern")
        .put("id", pattern.id())
        .put("entity", TelemetryMapping.row(pattern.entity()))
        .put("template", pattern.template())
        .put("level", pattern.level())
        .put("count", pattern.count())
        .put("firstSeen", pattern.firstSeen())
        .put("lastSeen", pattern.lastSeen())
        .put("sample", pattern.sample())
        .put("mergedInto", pattern.mergedInto());
  }

  static LogPattern pattern(Row row) {
    return new LogPattern(
        row.text("id"),
        TelemetryMapping.entity(row.row("entity")),
        row.text("template"),
        row.text("level"),
        row.number("count"),
        row.number("firstSeen"),
        row.number("lastSeen"),
        row.text("sample"),
        row.text("mergedInto"));
  }
}
