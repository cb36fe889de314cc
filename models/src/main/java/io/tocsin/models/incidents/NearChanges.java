// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What was changed near an incident: what touches an entity that may have part in it, from some
 * time before the onset until now. What was derived from Kubernetes is left out where somebody has
 * told the same: it would count twice.
 */
final class NearChanges {
  /** A rollout and what a pipeline tells of it are no further apart. */
  private static final long SAME_MILLIS = Duration.ofMinutes(10).toMillis();

  private final long window;

  NearChanges(IncidentSettings settings) {
    window = settings.changeWindow().toMillis();
  }

  /** The latest first. */
  List<Change> of(OpenIncident incident, Surroundings surroundings) {
    List<Change> near = new ArrayList<>();
    long since = incident.told().onset() - window;
    for (Change change : surroundings.changes()) {
      if (change.time() >= since
          && change.time() <= surroundings.time()
          && incident.isNear(change.entity())) {
        near.add(change);
      }
    }
    near.sort(Comparator.comparingLong(Change::time).reversed().thenComparing(Change::id));
    List<Change> told = near.stream().filter(each -> !each.derived()).toList();
    near.removeIf(each -> each.derived() && told.stream().anyMatch(one -> isSame(one, each)));
    return near;
  }

  private static boolean isSame(Change told, Change derived) {
    return Subject.of(told.entity()).equals(Subject.of(derived.entity()))
        && !derived.kind().equals(Change.RESTART)
        && Math.abs(told.time() - derived.time()) <= SAME_MILLIS;
  }
}
