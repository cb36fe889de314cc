// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.EntityNames;
import io.tocsin.models.topology.Topology;

/**
 * What an incident is seen against.
 *
 * @param book everything else that is known of the cluster
 * @param knowledge what is known beside findings
 * @param time event time, ms since the epoch
 */
record Surroundings(IncidentBook book, Knowledge knowledge, long time) {
  Iterable<Change> changes() {
    return knowledge.changes();
  }

  /** Whether it has been heard of by more than how calls to it go. */
  boolean isWatched(Entity entity) {
    return book.watched().keySet().stream().anyMatch(each -> EntityNames.fit(each, entity));
  }

  Topology topology() {
    return knowledge.topology();
  }
}
