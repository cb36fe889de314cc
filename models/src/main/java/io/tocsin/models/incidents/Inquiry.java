// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.Topology;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known when it is asked what caused an incident.
 *
 * @param onset of the incident, ms since the epoch
 * @param symptom what users felt first; null when nobody said
 * @param departures all that deviates
 * @param topology who calls whom, as far as it is known
 * @param changes what people and their tools did
 * @param remembered by what factor an entity was confirmed as a cause (above 1) or dismissed (below
 *     1) in incidents like this one; 1 for those that are not in it
 */
public record Inquiry(
    long onset,
    @Nullable Symptom symptom,
    List<Departure> departures,
    Topology topology,
    List<Change> changes,
    Map<Entity, Double> remembered) {

  /**
   * What users felt.
   *
   * @param metric its family
   */
  public record Symptom(Entity entity, String metric) {}

  public Inquiry {
    departures = List.copyOf(departures);
    changes = List.copyOf(changes);
    remembered = Map.copyOf(remembered);
  }
}
