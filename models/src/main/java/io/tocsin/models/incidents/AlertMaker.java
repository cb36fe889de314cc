// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Makes alerts from incidents. The labels of an incident's alert never change while it lasts, for
 * they are its identity: so the label {@code severity} is that at the opening, and how severe it
 * has become since is an annotation.
 *
 * @param externalUrl where people read about incidents, without a slash at its end; empty for
 *     nowhere
 * @param language in which annotations are written
 */
public record AlertMaker(String externalUrl, Language language) {
  private static final String INCIDENT = "TocsinIncident";
  private static final String WATCHDOG = "TocsinWatchdog";

  /** The alert of an incident: firing while it lasts, with an end when it is over. */
  public Alert alert(Told told) {
    Incident incident = told.incident();
    Entity entity = incident.entity();
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("alertname", INCIDENT);
    labels.put("severity", told.openedAs().label());
    labels.put("incident", incident.id());
    labels.put("cluster", entity.cluster());
    labels.put("namespace", entity.namespace());
    labels.put("service", entity.service());
    labels.put("workload", entity.workload());
    labels.put("node", entity.node());
    labels.values().removeIf(String::isEmpty);
    return new Alert(
        id(labels), labels, annotations(incident), incident.onset(), incident.closed());
  }

  /** The alert that always fires; when it stops, Tocsin or what feeds it is dead. */
  public Alert watchdog(long since) {
    Map<String, String> labels = Map.of("alertname", WATCHDOG, "severity", "none");
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("summary", "Tocsin is watching");
    annotations.put(
        "description",
        "This alert fires as long as metrics arrive and are judged. Have something outside notice"
            + " when it stops.");
    return new Alert(id(labels), labels, annotations, since, 0);
  }

  private Map<String, String> annotations(Incident incident) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("summary", incident.title());
    annotations.put("description", new Explanation(language).of(incident));
    annotations.put("current_severity", incident.severity().label());
    StringJoiner suspects = new StringJoiner(", ");
    for (Suspect suspect : incident.suspects()) {
      String share = String.format(Locale.ROOT, " %.0f %%", suspect.confidence() * 100);
      suspects.add(suspect.entity().subject() + share);
    }
    annotations.put("suspects", suspects.toString());
    annotations.values().removeIf(String::isEmpty);
    addLink(annotations, "incident_url", "/incidents/" + incident.id());
    return annotations;
  }

  private void addLink(Map<String, String> annotations, String name, String path) {
    if (!externalUrl.isEmpty()) {
      annotations.put(name, externalUrl + path);
    }
  }

  private static String id(Map<String, String> labels) {
    return SeriesHash.hex(SeriesHash.of(Labels.of(labels)));
  }
}
