// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * What an incident is seen against.
 *
 * @param book everything else that is known of the cluster
 * @param knowledge what is known beside findings
 * @param time event time, ms since the epoch
 */
record Surroundings(IncidentBook book, Knowledge knowledge, long time) {
  /** What was changed, each of what it is known to be of now. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (Change each : knowledge.changes()) {
      changes.add(each.about(resolve(each.entity())));
    }
    return changes;
  }

  /** What an entity is known to be. */
  Entity resolve(Entity entity) {
    return knowledge.owners().resolve(entity);
  }

  /** Whether it is heard of by more than how calls to it go. */
  boolean isWatched(Entity entity) {
    return book.isWatched(entity);
  }

  Topology topology() {
    return knowledge.topology();
  }
}
