// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Told;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts incidents, and tells how many are open. */
final class IncidentMetrics {
  private final Map<Transition, Counter> transitions = new EnumMap<>(Transition.class);

  /** Of each cluster: state knows only that of the current key. */
  private final Map<String, List<Severity>> open = new ConcurrentHashMap<>();

  IncidentMetrics(MetricGroup group) {
    for (Transition each : Transition.values()) {
      transitions.put(
          each,
          group
              .addGroup("transition", each.name().toLowerCase(Locale.ROOT))
              .counter("tocsin_incidents_total"));
    }
    for (Severity each : Severity.values()) {
      group.addGroup("severity", each.label()).gauge("tocsin_alerts_open", () -> open(each));
    }
  }

  private int open(Severity severity) {
    return (int) open.values().stream().flatMap(List::stream).filter(severity::equals).count();
  }

  void count(Incident incident) {
    Objects.requireNonNull(transitions.get(incident.transition())).inc();
  }

  /** Takes what there is to tell of a cluster now. */
  void open(String cluster, List<Told> told) {
    open.put(
        cluster,
        told.stream()
            .filter(each -> each.incident().transition() != Transition.RESOLVED)
            .map(Told::openedAs)
            .toList());
  }
}
