// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Quantities;
import io.tocsin.models.incidents.SeriesName;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes notices of alerts. Where the incident itself is known, what it says is more than what the
 * alert's annotations say, and it can be said in any language.
 */
final class NoticeMaker {
  private static final int MOST_REASONS = 3;

  /** Begins a line of an alert's description that says what its suspects say. */
  private static final String CAUSE = "Probable cause";

  private final Phrases phrases;
  private final Function<String, @Nullable Incident> incidents;

  /**
   * One for a language.
   *
   * @param incidents finds an incident by its id; null when it is not known
   */
  NoticeMaker(Language language, Function<String, @Nullable Incident> incidents) {
    phrases = Phrases.of(language);
    this.incidents = incidents;
  }

  Notice of(ReceivedAlert alert) {
    String id = alert.label("incident");
    Incident incident = id.isEmpty() ? null : incidents.apply(id);
    return incident == null ? ofAlert(alert, id) : of(alert, incident);
  }

  private Notice ofAlert(ReceivedAlert alert, String id) {
    String severity = alert.annotations().getOrDefault("current_severity", alert.label("severity"));
    String summary = alert.annotation("summary");
    return new Notice(
        id.isEmpty() ? alert.fingerprint() : id,
        alert.over(),
        Phrases.severity(severity),
        summary.isEmpty() ? alert.label("alertname") : summary,
        joined(alert.label("cluster"), alert.label("namespace"), subject(alert)),
        alert.annotation("suspects"),
        alert
            .annotation("description")
            .lines()
            .filter(line -> !line.startsWith(CAUSE))
            .limit(MOST_REASONS)
            .toList(),
        alert.startsAt(),
        alert.endsAt(),
        alert.annotation("incident_url"));
  }

  private static String subject(ReceivedAlert alert) {
    for (String name : List.of("service", "workload", "node", "instance")) {
      if (!alert.label(name).isEmpty()) {
        return alert.label(name);
      }
    }
    return "";
  }

  private Notice of(ReceivedAlert alert, Incident incident) {
    Entity entity = incident.entity();
    long end = incident.closed() == 0 ? alert.endsAt() : incident.closed();
    return new Notice(
        incident.id(),
        alert.over(),
        incident.severity(),
        title(incident),
        joined(entity.cluster(), entity.namespace(), entity.subject()),
        cause(incident),
        reasons(incident),
        incident.onset(),
        alert.over() ? end : 0,
        alert.annotation("incident_url"));
  }

  private String title(Incident incident) {
    if (phrases == Phrases.EN || incident.symptoms().isEmpty()) {
      return incident.title();
    }
    return joined(incident.entity().subject()) + ": " + told(incident.symptoms().get(0));
  }

  private String told(Evidence evidence) {
    if (evidence.kind() == Evidence.Kind.CHANGE) {
      return evidence.labels().get("kind") + " " + evidence.labels().metric();
    }
    String unit = evidence.unit();
    return SeriesName.of(evidence)
        + " "
        + phrases.comparison(
            Quantities.value(evidence.observed(), unit),
            Quantities.value(evidence.expected(), unit),
            Quantities.fold(evidence.observed(), evidence.expected(), unit));
  }

  private static String cause(Incident incident) {
    StringJoiner causes = new StringJoiner(", ");
    for (Suspect suspect : incident.suspects()) {
      String share = String.format(Locale.ROOT, " %.0f %%", suspect.confidence() * 100);
      causes.add(suspect.entity().subject() + share);
    }
    return causes.toString();
  }

  private List<String> reasons(Incident incident) {
    List<String> reasons = new ArrayList<>();
    if (!incident.suspects().isEmpty()) {
      for (Evidence each : incident.suspects().get(0).evidence()) {
        String when = phrases.relative(each.onset(), incident.onset());
        reasons.add(when + ": " + told(each));
      }
    }
    return reasons.subList(0, Math.min(MOST_REASONS, reasons.size()));
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
