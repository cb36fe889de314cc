// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.EntityNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells which subject an entity belongs to. A workload whose series elsewhere name a service as
 * well is that service, as long as they name only one. Who is known without a namespace or cluster,
 * as the ends of calls often are, is the one that has one and may be meant, as long as there is
 * only one.
 *
 * <p>Answers do not depend on the order in which entities were learned.
 */
public final class Subjects {
  /** Those that name a service before others; total. */
  static final Comparator<Entity> MOST_TELLING_FIRST =
      Comparator.comparing(Entity::kind).thenComparing(Entity.ORDER);

  private final Map<String, String> services = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();
  private final List<Entity> learned = new ArrayList<>();
  private boolean namespaces;
  private boolean clusters;

  /** Those that have a place, by name; null until it is needed. */
  private @Nullable Map<String, NavigableSet<Entity>> placed;

  private final Map<Entity, Entity> whole = new HashMap<>();

  /** Takes note of where an entity is, and that its workload and its service may be one. */
  void learn(Entity entity) {
    place(entity);
    if (!entity.workload().isEmpty() && !entity.service().isEmpty()) {
      String known = services.putIfAbsent(workload(entity), entity.service());
      if (known != null && !known.equals(entity.service())) {
        ambiguous.add(workload(entity));
      }
    }
  }

  /** Takes note of where an entity is. */
  void place(Entity entity) {
    learned.add(entity);
    namespaces |= !entity.namespace().isEmpty();
    clusters |= !entity.cluster().isEmpty();
    placed = null;
    whole.clear();
  }

  /** Which subject an entity belongs to. */
  Subject of(Entity entity) {
    return named(whole(entity));
  }

  private Subject named(Entity entity) {
    Subject subject = Subject.of(entity);
    if (entity.kind() != Entity.Kind.WORKLOAD || ambiguous.contains(workload(entity))) {
      return subject;
    }
    String service = services.getOrDefault(workload(entity), subject.name());
    return new Subject(subject.cluster(), subject.namespace(), Subject.Kind.SERVICE, service);
  }

  private static String workload(Entity entity) {
    return entity.namespace() + "\n" + entity.workload();
  }

  /** Who is meant by an entity: itself, unless it lacks a place and only one can be meant. */
  Entity whole(Entity entity) {
    boolean lacks =
        (namespaces && entity.namespace().isEmpty()) || (clusters && entity.cluster().isEmpty());
    if (!lacks || EntityNames.of(entity).isEmpty()) {
      return entity;
    }
    Entity known = whole.get(entity);
    if (known == null) {
      known = meant(entity);
      whole.put(entity, known);
    }
    return known;
  }

  private Entity meant(Entity entity) {
    Map<String, Entity> meant = new TreeMap<>();
    for (String name : EntityNames.of(entity)) {
      for (Entity each : placed().getOrDefault(name, new TreeSet<>(Entity.ORDER))) {
        if (places(each) > places(entity) && EntityNames.fit(each, entity)) {
          Entity its = whole(each);
          meant.merge(named(its).text(), its, Subjects::moreTelling);
        }
      }
    }
    return meant.size() == 1 ? meant.values().iterator().next() : entity;
  }

  private static Entity moreTelling(Entity a, Entity b) {
    return MOST_TELLING_FIRST.compare(a, b) <= 0 ? a : b;
  }

  private static int places(Entity entity) {
    return (entity.namespace().isEmpty() ? 0 : 1) + (entity.cluster().isEmpty() ? 0 : 1);
  }

  private Map<String, NavigableSet<Entity>> placed() {
    if (placed == null) {
      Map<String, NavigableSet<Entity>> index = new HashMap<>();
      for (Entity each : learned) {
        if (places(each) > 0) {
          for (String name : EntityNames.of(each)) {
            index
                .computeIfAbsent(name, any -> new TreeSet<>(Entity.ORDER))
                .add(each.withoutInstance());
          }
        }
      }
      placed = index;
    }
    return placed;
  }
}
