// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import io.tocsin.models.incidents.Alert;
import java.time.Instant;
import java.util.Map;

/** Alerts for tests. */
final class Alerts {
  static final long STARTS = Instant.parse("2026-03-01T09:59:00Z").toEpochMilli();

  private Alerts() {}

  static Alert firing(String incident) {
    return firing(incident, "checkout is slow");
  }

  static Alert firing(String incident, String summary) {
    return alert(incident, summary, 0);
  }

  static Alert resolved(String incident, long endsAt) {
    return alert(incident, "checkout was slow", endsAt);
  }

  private static Alert alert(String incident, String summary, long endsAt) {
    return new Alert(
        "id-" + incident,
        Map.of("alertname", "TocsinIncident", "incident", incident),
        Map.of("summary", summary, "incident_url", "https://tocsin.example/incidents/" + incident),
        STARTS,
        endsAt);
  }
}
