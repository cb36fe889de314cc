// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.models.incidents.Incident;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that a channel was told of and that last, so that it can be told when their incidents
 * change: Alertmanager sends no alert again because its annotations are others. Safe for several
 * threads.
 */
final class ToldAlerts {
  private static final int MOST = 2_000;

  private final Map<String, Told> byIncident = new LinkedHashMap<>();

  /** An alert, and what came first of the causes when it was told last. */
  private record Told(ReceivedAlert alert, String cause) {}

  /** Takes note of an alert that is being told. */
  synchronized void note(ReceivedAlert alert, @Nullable Incident incident) {
    String id = alert.incident();
    byIncident.remove(id);
    if (!id.isEmpty() && !alert.over()) {
      byIncident.put(id, new Told(alert, incident == null ? "" : cause(incident)));
      if (byIncident.size() > MOST) {
        byIncident.remove(byIncident.keySet().iterator().next());
      }
    }
  }

  /**
   * The alert to tell again, or null when there is none.
   *
   * @param always whether any change is worth it, or only another cause
   */
  synchronized @Nullable ReceivedAlert changed(Incident incident, boolean always) {
    Told told = byIncident.get(incident.id());
    if (told == null || incident.transition() == Incident.Transition.RESOLVED) {
      return null;
    }
    String cause = cause(incident);
    if (!always && (cause.isEmpty() || cause.equals(told.cause))) {
      return null;
    }
    byIncident.put(incident.id(), new Told(told.alert, cause));
    return told.alert;
  }

  private static String cause(Incident incident) {
    return incident.suspects().isEmpty() ? "" : incident.suspects().get(0).entity().subject();
  }
}
