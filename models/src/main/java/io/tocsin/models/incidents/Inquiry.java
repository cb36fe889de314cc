// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.topology.Topology;
import java.util.List;

/**
 * What is known when it is asked what caused an incident.
 *
 * @param felt what users felt first
 * @param departures all that deviates
 * @param topology who calls whom, as far as it is known
 * @param changes what people and their tools did
 */
public record Inquiry(
    Felt felt, List<Departure> departures, Topology topology, List<Change> changes) {

  /** What can be felt. */
  public enum Felt {
    DELAY,
    FAILURE,
    /** Nobody said. */
    UNKNOWN
  }

  public Inquiry {
    departures = List.copyOf(departures);
    changes = List.copyOf(changes);
  }
}
