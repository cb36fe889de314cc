// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.incidents.Cleared.Why;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Names what was looked at and is not the cause, with the reason; the most relevant first. */
final class Clearing {
  private final int limit;
  private final long window;
  private final Wording wording;

  Clearing(IncidentSettings settings) {
    limit = settings.limits().cleared();
    window = settings.window().toMillis();
    wording = settings.language().wording();
  }

  /** What an incident is seen against, and who is who there. */
  record Scene(Surroundings surroundings, Subjects subjects) {}

  List<Cleared> cleared(
      OpenIncident incident, List<Suspect> ranked, List<Suspect> suspects, Scene scene) {
    List<Cleared> cleared = new ArrayList<>();
    Set<Subject> deviating = new HashSet<>();
    for (Suspect each : ranked) {
      deviating.add(scene.subjects().of(each.entity()));
      if (!suspects.isEmpty() && !suspects.contains(each)) {
        cleared.add(cleared(each, suspects.get(0), scene.surroundings().topology()));
      }
    }
    for (Deviation each : scene.surroundings().book().pool().values()) {
      deviating.add(scene.subjects().of(each.last().entity()));
    }
    for (Entity each : quiet(incident, deviating, scene)) {
      cleared.add(Cleared.of(each, Why.QUIET, Entity.NONE, window, wording));
    }
    return cleared.size() > limit ? cleared.subList(0, limit) : cleared;
  }

  private Cleared cleared(Suspect other, Suspect first, Topology topology) {
    Entity than = first.entity();
    if (topology.dependencies(other.entity(), Roots.MAX_HOPS).has(than)) {
      return Cleared.of(other.entity(), Why.DEPENDS, than, 0, wording);
    }
    long lag = other.onset() - first.onset();
    return lag > 0
        ? Cleared.of(other.entity(), Why.BEGAN_LATER, than, lag, wording)
        : Cleared.of(other.entity(), Why.DEVIATES_LESS, than, 0, wording);
  }

  /** Services, workloads and nodes nearby that were watched and did nothing unusual. */
  private static List<Entity> quiet(OpenIncident incident, Set<Subject> deviating, Scene scene) {
    Map<String, Entity> quiet = new TreeMap<>();
    for (Entity entity : scene.surroundings().book().watched().keySet()) {
      Subject subject = scene.subjects().of(entity);
      boolean nameable =
          subject.kind() == Subject.Kind.SERVICE || subject.kind() == Subject.Kind.NODE;
      if (nameable && !deviating.contains(subject) && incident.isNear(entity)) {
        quiet.merge(subject.text(), entity, Clearing::moreTelling);
      }
    }
    return List.copyOf(quiet.values());
  }

  private static Entity moreTelling(Entity a, Entity b) {
    int byKind = a.kind().compareTo(b.kind());
    return byKind < 0 || (byKind == 0 && a.toString().compareTo(b.toString()) <= 0) ? a : b;
  }
}
