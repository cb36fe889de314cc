// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who calls whom: edges learned from what is told, forgotten when they are told of no more. It is
 * an aid and may be empty; that it knows no edge does not mean that there is none, see {@link
 * #knows}.
 *
 * <p>Answers do not depend on the order in which edges were learned. Cycles are harmless.
 */
public final class Topology {
  private final TopologySettings settings;
  private final Map<CallEdge, Long> times = new HashMap<>();
  private final NavigableSet<SeenEdge> byAge = new TreeSet<>(SeenEdge.OLDEST_FIRST);
  private final Map<String, NavigableSet<CallEdge>> byCaller = new HashMap<>();
  private final Map<String, NavigableSet<CallEdge>> byCallee = new HashMap<>();
  private final List<CallEdge> forgotten = new ArrayList<>();
  private long version;

  public Topology(TopologySettings settings) {
    this.settings = settings;
  }

  /** What was stored, as far as the settings allow. */
  public static Topology of(TopologyPages pages, TopologySettings settings) {
    Topology topology = new Topology(settings);
    pages.edges().forEach(each -> topology.learn(each.edge(), each.time()));
    return topology;
  }

  /** What is to be stored, the oldest first. */
  public TopologyPages pages() {
    return new TopologyPages(new ArrayList<>(byAge));
  }

  /** The same where entities bear other names; itself when all keep theirs. */
  public Topology renamed(UnaryOperator<Entity> names) {
    UnaryOperator<CallEdge> renaming =
        edge -> new CallEdge(names.apply(edge.caller()), names.apply(edge.callee()));
    if (times.keySet().stream().allMatch(edge -> renaming.apply(edge).equals(edge))) {
      return this;
    }
    Topology renamed = new Topology(settings);
    byAge.forEach(seen -> renamed.learn(renaming.apply(seen.edge()), seen.time()));
    return renamed;
  }

  /** Another number when other edges are known than before; not stored. */
  public long version() {
    return version;
  }

  /** How many edges are known. */
  public int size() {
    return times.size();
  }

  /**
   * Takes note of an edge.
   *
   * @param time when it was told of, event time in ms since the epoch, in any order; {@link
   *     Long#MAX_VALUE} for one that holds for ever
   */
  public EdgeFate learn(CallEdge edge, long time) {
    EdgeFate refusal = edge.refusal();
    if (refusal != null) {
      return refusal;
    }
    Long known = times.get(edge);
    if (known != null) {
      if (time > known) {
        byAge.remove(new SeenEdge(edge, known));
        put(edge, time);
      }
      return EdgeFate.SEEN;
    }
    add(edge, time);
    CallEdge displaced = excess(edge);
    if (displaced == null) {
      return EdgeFate.NEW;
    }
    remove(displaced);
    return displaced.equals(edge) ? EdgeFate.OLD : EdgeFate.DISPLACING;
  }

  /**
   * Forgets what was not told of for the retention.
   *
   * @param time event time, ms since the epoch; {@link Long#MIN_VALUE} while it is not known
   * @return how many edges went
   */
  public int expire(long time) {
    long retention = settings.retention().toMillis();
    long since = time < Long.MIN_VALUE + retention ? Long.MIN_VALUE : time - retention;
    int before = times.size();
    while (!byAge.isEmpty() && byAge.first().time() < since) {
      remove(byAge.first().edge());
    }
    return before - times.size();
  }

  /** The edges that have been forgotten, or not taken, since this was asked last. */
  public List<CallEdge> takeForgotten() {
    List<CallEdge> taken = List.copyOf(forgotten);
    forgotten.clear();
    return taken;
  }

  /** Whether any edge begins or ends at it; if none does, nothing can be said of its paths. */
  public boolean knows(Entity entity) {
    return !edgesOf(entity).isEmpty() || !edgesTo(entity).isEmpty();
  }

  /** Whom it calls, as the edges name them, in a fixed order. */
  public Set<Entity> callees(Entity caller) {
    return ends(edgesOf(caller), CallEdge::callee);
  }

  /** Who calls it, as the edges name them, in a fixed order. */
  public Set<Entity> callers(Entity callee) {
    return ends(edgesTo(callee), CallEdge::caller);
  }

  /** Whether one calls the other directly. */
  public boolean calls(Entity caller, Entity callee) {
    return edgesOf(caller).stream().anyMatch(edge -> EntityNames.fit(edge.callee(), callee));
  }

  /**
   * The shortest way of calls from one to the other, or, if there is none, from the other to the
   * one: in the order of the calls, so that the first edge's caller depends on the last one's
   * callee.
   *
   * @param maxHops how many calls it may have, most
   * @return no edge when there is no way, or both are the same
   */
  public List<CallEdge> path(Entity a, Entity b, int maxHops) {
    List<CallEdge> down = dependency(a, b, maxHops);
    return down.isEmpty() ? dependency(b, a, maxHops) : down;
  }

  /**
   * The shortest way of calls by which one depends on the other.
   *
   * @return no edge when there is no way, or both are the same
   */
  public List<CallEdge> dependency(Entity dependent, Entity dependency, int maxHops) {
    return EntityNames.fit(dependent, dependency)
        ? List.of()
        : dependencies(dependent, maxHops).way(dependency);
  }

  /** Everything on which an entity depends by so many calls. */
  public Reach dependencies(Entity dependent, int maxHops) {
    return reach(dependent, maxHops, new Walk(byCaller, true));
  }

  /** Everything that depends on an entity by so many calls. */
  public Reach dependents(Entity dependency, int maxHops) {
    return reach(dependency, maxHops, new Walk(byCallee, false));
  }

  /** In which direction edges are walked, and an index by where they begin. */
  private record Walk(Map<String, NavigableSet<CallEdge>> index, boolean down) {
    List<CallEdge> from(Entity start) {
      return fitting(index, start, down ? CallEdge::caller : CallEdge::callee);
    }

    Entity end(CallEdge edge) {
      return down ? edge.callee() : edge.caller();
    }
  }

  private static Reach reach(Entity start, int maxHops, Walk walk) {
    Reach reach = new Reach(walk.down());
    List<CallEdge> front = new ArrayList<>();
    for (CallEdge first : walk.from(start)) {
      if (reach.walk(first, first)) {
        front.add(first);
      }
    }
    for (int hops = 1; hops < maxHops && !front.isEmpty(); hops++) {
      List<CallEdge> next = new ArrayList<>();
      for (CallEdge edge : front) {
        for (CallEdge each : walk.from(walk.end(edge))) {
          if (reach.walk(each, edge)) {
            next.add(each);
          }
        }
      }
      front = next;
    }
    return reach;
  }

  private List<CallEdge> edgesOf(Entity caller) {
    return fitting(byCaller, caller, CallEdge::caller);
  }

  private List<CallEdge> edgesTo(Entity callee) {
    return fitting(byCallee, callee, CallEdge::callee);
  }

  /** One that fits by two names comes twice. */
  private static List<CallEdge> fitting(
      Map<String, NavigableSet<CallEdge>> index, Entity entity, Function<CallEdge, Entity> end) {
    List<CallEdge> fitting = new ArrayList<>();
    for (String name : EntityNames.of(entity)) {
      for (CallEdge edge : index.getOrDefault(name, Collections.emptyNavigableSet())) {
        if (EntityNames.fit(end.apply(edge), entity)) {
          fitting.add(edge);
        }
      }
    }
    return fitting;
  }

  private static Set<Entity> ends(List<CallEdge> edges, Function<CallEdge, Entity> end) {
    Set<Entity> ends = new TreeSet<>(Entity.ORDER);
    edges.forEach(edge -> ends.add(end.apply(edge)));
    return Collections.unmodifiableSet(ends);
  }

  private void add(CallEdge edge, long time) {
    version++;
    put(edge, time);
    index(byCaller, edge.caller(), edge);
    index(byCallee, edge.callee(), edge);
  }

  private void put(CallEdge edge, long time) {
    times.put(edge, time);
    byAge.add(new SeenEdge(edge, time));
  }

  private static void index(Map<String, NavigableSet<CallEdge>> index, Entity end, CallEdge edge) {
    for (String name : EntityNames.of(end)) {
      index.computeIfAbsent(name, any -> new TreeSet<>(CallEdge.ORDER)).add(edge);
    }
  }

  private void remove(CallEdge edge) {
    version++;
    forgotten.add(edge);
    Long time = times.remove(edge);
    if (time != null) {
      byAge.remove(new SeenEdge(edge, time));
    }
    unindex(byCaller, edge.caller(), edge);
    unindex(byCallee, edge.callee(), edge);
  }

  private static void unindex(
      Map<String, NavigableSet<CallEdge>> index, Entity end, CallEdge edge) {
    for (String name : EntityNames.of(end)) {
      index.computeIfPresent(
          name,
          (key, edges) -> {
            edges.remove(edge);
            return edges.isEmpty() ? null : edges;
          });
    }
  }

  /** What must go for a new edge, if anything. */
  private @Nullable CallEdge excess(CallEdge added) {
    CallEdge crowded = crowded(byCaller, added.caller());
    if (crowded == null) {
      crowded = crowded(byCallee, added.callee());
    }
    return crowded == null && times.size() > settings.edges() ? byAge.first().edge() : crowded;
  }

  private @Nullable CallEdge crowded(Map<String, NavigableSet<CallEdge>> index, Entity end) {
    for (String name : EntityNames.of(end)) {
      NavigableSet<CallEdge> edges = index.getOrDefault(name, Collections.emptyNavigableSet());
      if (edges.size() > settings.edgesPerService()) {
        return Collections.min(
            edges,
            Comparator.<CallEdge>comparingLong(each -> times.getOrDefault(each, 0L))
                .thenComparing(CallEdge.ORDER));
      }
    }
    return null;
  }
}
