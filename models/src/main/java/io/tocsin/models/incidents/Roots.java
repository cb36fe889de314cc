// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.EntityNames;
import io.tocsin.models.topology.Reach;
import io.tocsin.models.topology.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * With whom the problem of an incident lies, seen by calls alone: those that clearly suffer and
 * depend on nobody who does. In a ring of calls it is who began first.
 *
 * @param core who clearly suffers: from a strong symptom, or several strong rises; whoever opened
 *     the incident; the first to begin first
 * @param roots those of them that no other explains
 */
record Roots(List<Entity> core, List<Entity> roots) {
  /** Calls on a way between two that have to do with each other, most. */
  static final int MAX_HOPS = 4;

  /** More are not compared with each other: those that began first. */
  private static final int MOST_CORE = 40;

  private static final int SEVERAL = 2;

  static Roots of(Deviation opener, Collection<Deviation> members, Topology topology) {
    List<Entity> core = core(opener, members);
    if (topology.size() == 0) {
      return new Roots(core, core);
    }
    List<Reach> reaches = new ArrayList<>();
    core.forEach(each -> reaches.add(topology.dependencies(each, MAX_HOPS)));
    List<Entity> roots = new ArrayList<>();
    for (int i = 0; i < core.size(); i++) {
      if (!isExplained(i, core, reaches)) {
        roots.add(core.get(i));
      }
    }
    return new Roots(core, roots);
  }

  /** Whether one depends on another that suffers, who does not depend on it or began earlier. */
  private static boolean isExplained(int one, List<Entity> core, List<Reach> reaches) {
    for (int other = 0; other < core.size(); other++) {
      if (!EntityNames.fit(core.get(one), core.get(other))
          && reaches.get(one).has(core.get(other))
          && (other < one || !reaches.get(other).has(core.get(one)))) {
        return true;
      }
    }
    return false;
  }

  private static List<Entity> core(Deviation opener, Collection<Deviation> members) {
    Map<Entity, Long> since = new HashMap<>();
    Map<Entity, Set<String>> rises = new HashMap<>();
    add(since, opener);
    for (Deviation member : members) {
      Entity entity = entity(member);
      if (member.strong() && !EntityNames.of(entity).isEmpty()) {
        if (member.symptom()) {
          add(since, member);
        } else if (member.last().direction() == Direction.UP) {
          Set<String> metrics = rises.computeIfAbsent(entity, any -> new HashSet<>());
          metrics.add(member.metric());
          if (metrics.size() >= SEVERAL) {
            add(since, member);
          }
        }
      }
    }
    return since.entrySet().stream()
        .sorted(
            Map.Entry.<Entity, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Entity.ORDER)))
        .limit(MOST_CORE)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void add(Map<Entity, Long> since, Deviation deviation) {
    since.merge(entity(deviation), deviation.onset(), Math::min);
  }

  private static Entity entity(Deviation deviation) {
    return deviation.last().entity().withoutInstance();
  }
}
