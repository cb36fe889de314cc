// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.time.Instant;
import java.util.List;

/** An incident, the finding that it was opened for, and Alertmanager's word that it has it. */
final class Traced {
  private static final String ID = "0123456789abcdef";
  private static final long ONSET = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final Labels SERIES = Labels.of(Labels.NAME, "latency_seconds:p95");
  private static final Entity CHECKOUT = new Entity("", "shop", "", "checkout", "", "");

  static final String ALERT =
      """
      [{"labels":{"alertname":"TocsinIncident","incident":"%s"},
        "updatedAt":"2026-01-01T00:00:16.000Z"}]
      """
          .formatted(ID);

  static final Finding FINDING =
      new Finding(
          "f",
          Phase.STARTED,
          ONSET + 10_000,
          ONSET + 10_200,
          ONSET,
          SERIES,
          CHECKOUT,
          Role.SYMPTOM,
          "seconds",
          "level",
          Direction.UP,
          1.5,
          1.5,
          2,
          1,
          0.9,
          1.1,
          5_000,
          0,
          List.of(),
          null);

  private Traced() {}

  static Incident incident(Incident.Transition transition, int revision) {
    Evidence symptom =
        new Evidence(
            Evidence.Kind.METRIC, "f", SERIES, "seconds", Direction.UP, ONSET, 2, 2, 1, 0, null);
    return new Incident(
        ID,
        transition,
        revision,
        ONSET + 15_000,
        ONSET,
        ONSET + 15_000,
        transition == Incident.Transition.RESOLVED ? ONSET + 60_000 : 0,
        Severity.WARNING,
        CHECKOUT,
        "checkout answers slowly",
        List.of(symptom),
        List.of(),
        List.of(),
        List.of(),
        1,
        Grouping.NONE);
  }
}
