// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that can be reached from one entity along calls, nearest first: those on whom it depends, or
 * those who depend on it.
 */
public final class Reach {
  private final Function<CallEdge, Entity> end;

  /** The edges walked, each with the one before it; the first edges with themselves. */
  private final Map<CallEdge, CallEdge> before = new LinkedHashMap<>();

  private final Map<String, List<CallEdge>> byName = new HashMap<>();

  private final boolean down;

  /**
   * @param down whether to callees rather than to callers
   */
  Reach(boolean down) {
    this.down = down;
    end = down ? CallEdge::callee : CallEdge::caller;
  }

  /** Walks an edge unless it was; tells whether it was not. */
  boolean walk(CallEdge edge, CallEdge from) {
    if (before.putIfAbsent(edge, from) != null) {
      return false;
    }
    for (String name : EntityNames.of(end.apply(edge))) {
      byName.computeIfAbsent(name, any -> new ArrayList<>()).add(edge);
    }
    return true;
  }

  /** Whether an entity is reached. */
  public boolean has(Entity entity) {
    return edgeTo(entity) != null;
  }

  /** The calls on the shortest way to an entity, caller before callee; none if there is no way. */
  public List<CallEdge> way(Entity to) {
    List<CallEdge> way = new ArrayList<>();
    CallEdge edge = edgeTo(to);
    while (edge != null) {
      way.add(edge);
      CallEdge previous = before.get(edge);
      edge = edge.equals(previous) ? null : previous;
    }
    if (down) {
      Collections.reverse(way);
    }
    return way;
  }

  /** All that are reached, as the edges name them. */
  public Collection<Entity> entities() {
    Set<Entity> all = new LinkedHashSet<>();
    before.keySet().forEach(edge -> all.add(end.apply(edge)));
    return Collections.unmodifiableSet(all);
  }

  private @Nullable CallEdge edgeTo(Entity entity) {
    for (String name : EntityNames.of(entity)) {
      for (CallEdge edge : byName.getOrDefault(name, List.of())) {
        if (EntityNames.fit(end.apply(edge), entity)) {
          return edge;
        }
      }
    }
    return null;
  }
}
