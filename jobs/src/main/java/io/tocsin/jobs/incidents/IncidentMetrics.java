// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.jobs.health.DurationHistogram;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Told;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.MetricGroup;

/** What the grouping of findings tells of itself; one per subtask. */
final class IncidentMetrics {
  private static final double[] DELAYS = {0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300};

  /** By cluster and severity. */
  private final Map<String, Map<Severity, Integer>> open = new ConcurrentHashMap<>();

  private final DurationHistogram delay;

  IncidentMetrics(MetricGroup metrics) {
    for (Severity severity : Severity.values()) {
      metrics
          .addGroup("severity", severity.label())
          .gauge("tocsin_alerts_open", () -> count(severity));
    }
    delay = new DurationHistogram(metrics, "tocsin_detection_delay_seconds", DELAYS);
  }

  /**
   * Notes an incident that opens. Its delay is from the arrival of the sample that decided to now;
   * of what is played faster than it was, it says nothing.
   */
  void opened(Incident incident, long now) {
    if (incident.transition() == Incident.Transition.OPENED) {
      delay.observeNanos(TimeUnit.MILLISECONDS.toNanos(now - incident.opened()));
    }
  }

  /** Notes what is open in a cluster. */
  void open(String cluster, List<Told> told) {
    Map<Severity, Integer> counts = new ConcurrentHashMap<>();
    for (Told each : told) {
      if (each.incident().closed() == 0) {
        counts.merge(each.incident().severity(), 1, Integer::sum);
      }
    }
    if (counts.isEmpty()) {
      open.remove(cluster);
    } else {
      open.put(cluster, counts);
    }
  }

  private int count(Severity severity) {
    return open.values().stream().mapToInt(counts -> counts.getOrDefault(severity, 0)).sum();
  }
}
