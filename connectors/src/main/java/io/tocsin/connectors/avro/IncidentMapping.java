// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.incidents.Alert;
import io.tocsin.models.incidents.Cleared;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.incidents.Verdicts;
import io.tocsin.models.telemetry.Labels;

/** Incidents, their parts and their alerts, as rows. */
final class IncidentMapping {
  private IncidentMapping() {}

  static Row row(Incident incident) {
    return Row.of("Incident")
        .put("id", incident.id())
        .put("transition", incident.transition())
        .put("revision", incident.revision())
        .put("time", incident.time())
        .put("onset", incident.onset())
        .put("opened", incident.opened())
        .put("closed", incident.closed())
        .put("severity", incident.severity())
        .put("entity", TelemetryMapping.row(incident.entity()))
        .put("title", incident.title())
        .put("symptoms", incident.symptoms(), IncidentMapping::row)
        .put("suspects", incident.suspects(), IncidentMapping::row)
        .put("cleared", incident.cleared(), IncidentMapping::row)
        .put("changes", incident.changes(), TelemetryMapping::row)
        .put("findings", incident.findings())
        .put("grouping", GroupingMapping.row(incident.grouping()));
  }

  static Incident incident(Row row) {
    return new Incident(
        row.text("id"),
        row.symbol("transition", Incident.Transition.class),
        row.integer("revision"),
        row.number("time"),
        row.number("onset"),
        row.number("opened"),
        row.number("closed"),
        row.symbol("severity", Severity.class),
        TelemetryMapping.entity(row.row("entity")),
        row.text("title"),
        row.rows("symptoms", IncidentMapping::evidence),
        row.rows("suspects", IncidentMapping::suspect),
        row.rows("cleared", IncidentMapping::cleared),
        row.rows("changes", TelemetryMapping::change),
        row.integer("findings"),
        GroupingMapping.grouping(row.row("grouping")));
  }

  static Row row(Alert alert) {
    return Row.of("Alert")
        .put("id", alert.id())
        .put("labels", alert.labels())
        .put("annotations", alert.annotations())
        .put("startsAt", alert.startsAt())
        .put("endsAt", alert.endsAt());
  }

  static Alert alert(Row row) {
    return new Alert(
        row.text("id"),
        row.texts("labels"),
        row.texts("annotations"),
        row.number("startsAt"),
        row.number("endsAt"));
  }

  private static Row row(Evidence evidence) {
    return Row.of("Evidence")
        .put("kind", evidence.kind())
        .put("finding", evidence.finding())
        .put("labels", evidence.labels().toMap())
        .put("unit", evidence.unit())
        .put("direction", evidence.direction())
        .put("onset", evidence.onset())
        .put("score", evidence.score())
        .put("observed", evidence.observed())
        .put("expected", evidence.expected())
        .put("seen", evidence.seen())
        .putIfPresent("log", LogMapping.row(evidence.log()));
  }

  private static Evidence evidence(Row row) {
    return new Evidence(
        row.symbol("kind", Evidence.Kind.class),
        row.text("finding"),
        Labels.of(row.texts("labels")),
        row.text("unit"),
        row.symbol("direction", Direction.class),
        row.number("onset"),
        row.real("score"),
        row.real("observed"),
        row.real("expected"),
        row.integer("seen"),
        row.ifPresent("log", LogMapping::evidence));
  }

  private static Row row(Suspect suspect) {
    return Row.of("Suspect")
        .put("entity", TelemetryMapping.row(suspect.entity()))
        .put("score", suspect.score())
        .put("confidence", suspect.confidence())
        .put("onset", suspect.onset())
        .put("evidence", suspect.evidence(), IncidentMapping::row)
        .put("path", suspect.path(), TopologyMapping::row)
        .put("confirmed", suspect.verdicts().confirmed())
        .put("dismissed", suspect.verdicts().dismissed());
  }

  private static Suspect suspect(Row row) {
    return new Suspect(
        TelemetryMapping.entity(row.row("entity")),
        row.real("score"),
        row.real("confidence"),
        row.number("onset"),
        row.rows("evidence", IncidentMapping::evidence),
        row.rows("path", TopologyMapping::edge),
        new Verdicts(row.integer("confirmed"), row.integer("dismissed")));
  }

  private static Row row(Cleared cleared) {
    return Row.of("Cleared")
        .put("entity", TelemetryMapping.row(cleared.entity()))
        .put("reason", cleared.reason())
        .put("why", cleared.why())
        .put("than", TelemetryMapping.row(cleared.than()))
        .put("millis", cleared.millis());
  }

  private static Cleared cleared(Row row) {
    return new Cleared(
        TelemetryMapping.entity(row.row("entity")),
        row.text("reason"),
        row.symbol("why", Cleared.Why.class),
        TelemetryMapping.entity(row.row("than")),
        row.number("millis"));
  }
}
