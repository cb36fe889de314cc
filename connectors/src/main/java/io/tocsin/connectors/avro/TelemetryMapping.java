// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.telemetry.Entity;

/** What comes from outside, as rows: entities, changes, unreadable records. */
final class TelemetryMapping {
  private TelemetryMapping() {}

  static Row row(Entity entity) {
    return Row.of("Entity")
        .put("cluster", entity.cluster())
        .put("namespace", entity.namespace())
        .put("workload", entity.workload())
        .put("service", entity.service())
        .put("node", entity.node())
        .put("instance", entity.instance());
  }

  static Entity entity(Row row) {
    return new Entity(
        row.text("cluster"),
        row.text("namespace"),
        row.text("workload"),
        row.text("service"),
        row.text("node"),
        row.text("instance"));
  }

  static Row row(Change change) {
    return Row.of("Change")
        .put("id", change.id())
        .put("time", change.time())
        .put("kind", change.kind())
        .put("entity", row(change.entity()))
        .put("title", change.title())
        .put("version", change.version())
        .put("author", change.author())
        .put("link", change.link());
  }

  static Change change(Row row) {
    return new Change(
        row.text("id"),
        row.number("time"),
        row.text("kind"),
        entity(row.row("entity")),
        row.text("title"),
        row.text("version"),
        row.text("author"),
        row.text("link"));
  }

  static Row row(DeadLetter letter) {
    return Row.of("DeadLetter")
        .put("topic", letter.topic())
        .put("partition", letter.partition())
        .put("offset", letter.offset())
        .put("time", letter.time())
        .put("reason", letter.reason())
        .put("detail", letter.detail())
        .put("value", letter.value().duplicate());
  }

  static DeadLetter deadLetter(Row row) {
    return new DeadLetter(
        row.text("topic"),
        row.integer("partition"),
        row.number("offset"),
        row.number("time"),
        row.text("reason"),
        row.text("detail"),
        row.bytes("value"));
  }
}
