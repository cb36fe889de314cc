// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.incidents.Feedback;

/** What people say of incidents, as rows. */
final class FeedbackMapping {
  private FeedbackMapping() {}

  static Row row(Feedback feedback) {
    return Row.of("Feedback")
        .put("incident", feedback.incident())
        .put("kind", feedback.kind())
        .put("entity", TelemetryMapping.row(feedback.entity()))
        .put("metric", feedback.metric())
        .put("time", feedback.time())
        .put("author", feedback.author())
        .put("comment", feedback.comment());
  }

  static Feedback feedback(Row row) {
    return new Feedback(
        row.text("incident"),
        row.symbol("kind", Feedback.Kind.class),
        TelemetryMapping.entity(row.row("entity")),
        row.text("metric"),
        row.number("time"),
        row.text("author"),
        row.text("comment"));
  }
}
