// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.topology.EdgeFate;
import io.tocsin.models.topology.LinkFate;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the grouping of findings counts. */
final class GroupCounters {
  private final Map<RecentChanges.Fate, Counter> changes = new EnumMap<>(RecentChanges.Fate.class);
  private final Map<EdgeFate, Counter> edges = new EnumMap<>(EdgeFate.class);
  private final Map<LinkFate, Counter> links = new EnumMap<>(LinkFate.class);
  private final Counter overBudget;
  private final Map<Feedback.Kind, Counter> feedback = new EnumMap<>(Feedback.Kind.class);

  GroupCounters(MetricGroup metrics) {
    for (RecentChanges.Fate fate : RecentChanges.Fate.values()) {
      changes.put(fate, metrics.addGroup("fate", word(fate)).counter("tocsin_changes_total"));
    }
    for (EdgeFate fate : EdgeFate.values()) {
      edges.put(fate, metrics.addGroup("fate", word(fate)).counter("tocsin_call_edges_total"));
    }
    for (LinkFate fate : LinkFate.values()) {
      links.put(fate, metrics.addGroup("fate", word(fate)).counter("tocsin_object_links_total"));
    }
    overBudget = metrics.counter("tocsin_incidents_over_budget_total");
    for (Feedback.Kind kind : Feedback.Kind.values()) {
      feedback.put(kind, metrics.addGroup("verdict", word(kind)).counter("tocsin_feedback_total"));
    }
  }

  private static String word(Enum<?> fate) {
    return fate.name().toLowerCase(Locale.ROOT);
  }

  void change(RecentChanges.Fate fate) {
    Counter counter = changes.get(fate);
    if (counter != null) {
      counter.inc();
    }
  }

  void edge(EdgeFate fate) {
    Counter counter = edges.get(fate);
    if (counter != null) {
      counter.inc();
    }
  }

  void link(LinkFate fate) {
    Counter counter = links.get(fate);
    if (counter != null) {
      counter.inc();
    }
  }

  void feedback(Feedback said) {
    Counter counter = feedback.get(said.kind());
    if (counter != null) {
      counter.inc();
    }
  }

  void told(Incident incident) {
    if (incident.transition() == Incident.Transition.OPENED && incident.grouping().overBudget()) {
      overBudget.inc();
    }
  }
}
