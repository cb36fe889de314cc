// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.models.incidents.Explanation;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Language;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.telemetry.Entity;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Makes notices of alerts. Where the incident itself is known, what it says is more than what the
 * alert's annotations say, and it can be said in any language.
 */
final class NoticeMaker {
  /** What does not fit on a phone is on the page. */
  private static final int MOST_REASONS = 12;

  private final Explanation explanation;
  private final IncidentSource incidents;

  NoticeMaker(Language language, IncidentSource incidents) {
    explanation = new Explanation(language);
    this.incidents = incidents;
  }

  Notice of(ReceivedAlert alert) {
    Incident incident = incident(alert);
    return incident == null ? ofAlert(alert) : of(alert, incident);
  }

  /** The incident that an alert is about, or null when it is not known. */
  @Nullable Incident incident(ReceivedAlert alert) {
    return alert.incident().isEmpty() ? null : incidents.find(alert.incident());
  }

  private Notice ofAlert(ReceivedAlert alert) {
    String id = alert.incident();
    String severity = alert.annotations().getOrDefault("current_severity", alert.label("severity"));
    String summary = alert.annotation("summary");
    return new Notice(
        id.isEmpty() ? alert.fingerprint() : id,
        alert.over(),
        Phrases.severity(severity),
        summary.isEmpty() ? alert.label("alertname") : summary,
        joined(alert.label("cluster"), alert.label("namespace"), subject(alert)),
        alert.annotation("suspects"),
        alert.annotation("description").lines().limit(MOST_REASONS).toList(),
        alert.startsAt(),
        alert.endsAt(),
        alert.annotation("incident_url"),
        "");
  }

  private static String subject(ReceivedAlert alert) {
    for (String name : List.of("service", "workload", "node", "instance")) {
      if (!alert.label(name).isEmpty()) {
        return alert.label(name);
      }
    }
    return "";
  }

  Notice of(ReceivedAlert alert, Incident incident) {
    Entity entity = incident.entity();
    long end = incident.closed() == 0 ? alert.endsAt() : incident.closed();
    return new Notice(
        incident.id(),
        alert.over(),
        incident.severity(),
        explanation.title(incident),
        joined(entity.cluster(), entity.namespace(), entity.subject()),
        cause(incident),
        explanation.of(incident).lines().limit(MOST_REASONS).toList(),
        incident.onset(),
        alert.over() ? end : 0,
        alert.annotation("incident_url"),
        "");
  }

  private static String cause(Incident incident) {
    StringJoiner causes = new StringJoiner(", ");
    for (Suspect suspect : incident.suspects()) {
      String share = String.format(Locale.ROOT, " %.0f %%", suspect.confidence() * 100);
      causes.add(suspect.entity().subject() + share);
    }
    return causes.toString();
  }

  private static String joined(String... parts) {
    StringJoiner joined = new StringJoiner(" / ");
    for (String part : parts) {
      if (!part.isEmpty()) {
        joined.add(part);
      }
    }
    return joined.toString();
  }
}
