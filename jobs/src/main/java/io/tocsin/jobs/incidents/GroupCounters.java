// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Limit;
import io.tocsin.models.topology.EdgeFate;
import io.tocsin.models.topology.LinkFate;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the grouping of findings counts. Changes, calls and feedback come to every subtask, and are
 * counted by one.
 */
final class GroupCounters {
  private static final String EXCEEDED = "tocsin_incident_limits_exceeded_total";

  private final boolean first;
  private final Map<RecentChanges.Fate, Counter> changes = new EnumMap<>(RecentChanges.Fate.class);
  private final Map<EdgeFate, Counter> edges = new EnumMap<>(EdgeFate.class);
  private final Map<LinkFate, Counter> links = new EnumMap<>(LinkFate.class);
  private final Map<Feedback.Kind, Counter> feedback = new EnumMap<>(Feedback.Kind.class);
  private final Map<Limit, Counter> exceeded = new EnumMap<>(Limit.class);
  private final Counter feedbackExceeded;
  private final Counter overBudget;

  /**
   * @param first whether this is the subtask that counts what comes to all of them
   */
  GroupCounters(MetricGroup metrics, boolean first) {
    this.first = first;
    for (RecentChanges.Fate fate : RecentChanges.Fate.values()) {
      changes.put(fate, metrics.addGroup("fate", word(fate)).counter("tocsin_changes_total"));
    }
    for (EdgeFate fate : EdgeFate.values()) {
      edges.put(fate, metrics.addGroup("fate", word(fate)).counter("tocsin_call_edges_total"));
    }
    for (LinkFate fate : LinkFate.values()) {
      links.put(fate, metrics.addGroup("fate", word(fate)).counter("tocsin_object_links_total"));
    }
    for (Feedback.Kind kind : Feedback.Kind.values()) {
      feedback.put(kind, metrics.addGroup("verdict", word(kind)).counter("tocsin_feedback_total"));
    }
    for (Limit limit : Limit.values()) {
      exceeded.put(limit, metrics.addGroup("limit", word(limit)).counter(EXCEEDED));
    }
    feedbackExceeded = metrics.addGroup("limit", "feedback").counter(EXCEEDED);
    overBudget = metrics.counter("tocsin_incidents_over_budget_total");
  }

  private static String word(Enum<?> fate) {
    return fate.name().toLowerCase(Locale.ROOT);
  }

  void change(RecentChanges.Fate fate) {
    if (first) {
      count(changes, fate, 1);
    }
  }

  void edge(EdgeFate fate) {
    if (first) {
      count(edges, fate, 1);
    }
  }

  void link(LinkFate fate) {
    if (first) {
      count(links, fate, 1);
    }
  }

  /**
   * @param displaced how much feedback went for it
   */
  void feedback(Feedback said, int displaced) {
    if (first) {
      count(feedback, said.kind(), 1);
      feedbackExceeded.inc(displaced);
    }
  }

  /** What found no room in a cluster's book; each cluster is in one subtask. */
  void exceeded(Limit limit, long times) {
    count(exceeded, limit, times);
  }

  private static <T> void count(Map<T, Counter> counters, T what, long times) {
    Counter counter = counters.get(what);
    if (counter != null) {
      counter.inc(times);
    }
  }

  void told(Incident incident) {
    if (incident.transition() == Incident.Transition.OPENED && incident.grouping().overBudget()) {
      overBudget.inc();
    }
  }
}
