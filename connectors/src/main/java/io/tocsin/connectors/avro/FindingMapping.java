// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.findings.Contribution;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Labels;

/** What jobs say about series, as rows. */
final class FindingMapping {
  private FindingMapping() {}

  static Row row(Finding finding) {
    return Row.of("Finding")
        .put("id", finding.id())
        .put("phase", finding.phase())
        .put("time", finding.time())
        .put("arrival", finding.arrival())
        .put("onset", finding.onset())
        .put("labels", finding.labels().toMap())
        .put("entity", TelemetryMapping.row(finding.entity()))
        .put("role", finding.role())
        .put("unit", finding.unit())
        .put("detector", finding.detector())
        .put("direction", finding.direction())
        .put("score", finding.score())
        .put("peak", finding.peak())
        .put("observed", finding.observed())
        .put("expected", finding.expected())
        .put("lower", finding.lower())
        .put("upper", finding.upper())
        .put("intervalMillis", finding.intervalMillis())
        .put("seen", finding.seen())
        .put("contributions", finding.contributions(), FindingMapping::row)
        .putIfPresent("log", LogMapping.row(finding.log()));
  }

  private static Row row(Contribution contribution) {
    return Row.of("Contribution")
        .put("labels", contribution.labels().toMap())
        .put("role", contribution.role())
        .put("score", contribution.score())
        .put("part", contribution.part());
  }

  private static Contribution contribution(Row row) {
    return new Contribution(
        Labels.of(row.texts("labels")),
        row.symbol("role", Role.class),
        row.real("score"),
        row.real("part"));
  }

  static Finding finding(Row row) {
    return new Finding(
        row.text("id"),
        row.symbol("phase", Phase.class),
        row.number("time"),
        row.number("arrival"),
        row.number("onset"),
        Labels.of(row.texts("labels")),
        TelemetryMapping.entity(row.row("entity")),
        row.symbol("role", Role.class),
        row.text("unit"),
        row.text("detector"),
        row.symbol("direction", Direction.class),
        row.real("score"),
        row.real("peak"),
        row.real("observed"),
        row.real("expected"),
        row.real("lower"),
        row.real("upper"),
        row.number("intervalMillis"),
        row.integer("seen"),
        row.rows("contributions", FindingMapping::contribution),
        row.ifPresent("log", LogMapping::evidence));
  }

  static Row row(Progress progress) {
    return Row.of("Progress")
        .put("source", progress.source())
        .put("time", progress.time())
        .put("watched", progress.watched(), TelemetryMapping::row);
  }

  static Progress progress(Row row) {
    return new Progress(
        row.text("source"), row.number("time"), row.rows("watched", TelemetryMapping::entity));
  }
}
