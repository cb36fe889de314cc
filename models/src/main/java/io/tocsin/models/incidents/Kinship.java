// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.incidents.Member.Reason;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which entities may have part in one problem, and why.
 *
 * <p>Where calls are known both of it and of those with whom the problem lies, calls decide: who
 * depends on them, on whom they depend, who has less to do for them, or who depends on something
 * that deviates as they do. Of one that is known by calls to it alone nobody can say what stands
 * behind it: that may be whatever else its callers depend on. Else it is those of the namespace;
 * where one side has no namespace, those that share a service, workload or node; where neither has,
 * the whole cluster.
 */
final class Kinship {
  private final Entity origin;
  private final Surroundings surroundings;
  private final Topology topology;
  private final Roots roots;
  private final Set<String> parts = new HashSet<>();
  private final Set<String> machines = new HashSet<>();
  private final Set<Subject> suffering = new HashSet<>();
  private final List<Relatives> relatives = new ArrayList<>();
  private final List<Reach> calledBySuffering = new ArrayList<>();
  private final Map<Entity, @Nullable Tie> known = new HashMap<>();
  private final Map<Entity, List<Entity>> common = new HashMap<>();

  /** Who depends on one with whom the problem lies, and on whom it depends. */
  private record Relatives(Reach callers, Reach callees) {
    static Relatives of(Entity root, Topology topology) {
      return new Relatives(
          topology.dependents(root, Roots.MAX_HOPS), topology.dependencies(root, Roots.MAX_HOPS));
    }
  }

  /**
   * Kinship with a problem.
   *
   * @param origin where it was seen first
   * @param involved what deviates strongly: who suffers from it, and where
   */
  Kinship(Entity origin, Collection<Deviation> involved, Roots roots, Surroundings surroundings) {
    this.origin = origin;
    this.surroundings = surroundings;
    this.topology = surroundings.topology();
    this.roots = roots;
    add(origin);
    for (Deviation each : involved) {
      Entity entity = each.last().entity();
      if (each.symptom()) {
        add(entity);
      }
      if (entity.kind() == Entity.Kind.NODE) {
        machines.add(entity.node());
      }
    }
    roots.core().forEach(each -> suffering.add(Subject.of(each)));
    for (Entity root : roots.roots()) {
      if (topology.knows(root)) {
        relatives.add(Relatives.of(root, topology));
        callers(root, involved).forEach(each -> relatives.add(Relatives.of(each, topology)));
      }
    }
    if (!relatives.isEmpty()) {
      roots.core().forEach(each -> calledBySuffering.add(topology.dependencies(each, 1)));
    }
  }

  /** By whose calls alone one that suffers is known; nobody where it is known otherwise. */
  private Set<Entity> callers(Entity root, Collection<Deviation> involved) {
    Set<Entity> callers = new TreeSet<>(Entity.ORDER);
    for (Deviation each : involved) {
      if (EntityNames.fit(each.last().entity(), root)) {
        Set<Entity> its = each.callers();
        if (its.isEmpty()) {
          return Set.of();
        }
        callers.addAll(its);
      }
    }
    return callers.isEmpty() || isKnown(root) ? Set.of() : callers;
  }

  /** Whether it is known otherwise than by calls to it. */
  private boolean isKnown(Entity entity) {
    return !topology.callees(entity).isEmpty() || surroundings.isWatched(entity);
  }

  private void add(Entity entity) {
    addPart("service", entity.service());
    addPart("workload", entity.workload());
    addPart("node", entity.node());
  }

  private void addPart(String kind, String name) {
    if (!name.isEmpty()) {
      parts.add(kind + "\n" + name);
    }
  }

  Roots roots() {
    return roots;
  }

  boolean with(Entity other) {
    return tie(other) != null;
  }

  /** What ties an entity to the problem, apart from what deviates; null for nothing. */
  @Nullable Tie tie(Entity other) {
    if (!known.containsKey(other)) {
      known.put(other, find(other));
    }
    return known.get(other);
  }

  /** What ties a finding to the problem; null for nothing. */
  @Nullable Tie tie(Deviation deviation, Trouble trouble) {
    Entity entity = deviation.last().entity();
    Tie tie = tie(entity);
    if (tie != null || relatives.isEmpty()) {
      return tie != null && suffersFromOthers(deviation, tie, trouble) ? null : tie;
    }
    if (deviation.isFall() && calledBySuffering.stream().anyMatch(each -> each.has(entity))) {
      return Tie.of(Reason.STARVED);
    }
    return isBehindCallers(deviation) || shares(entity, trouble) ? Tie.of(Reason.SHARED) : null;
  }

  /** Whether its calls that go wrong, as far as calls are measured, all lead elsewhere. */
  private boolean suffersFromOthers(Deviation deviation, Tie tie, Trouble trouble) {
    if (tie.suffers() || tie.reason() != Reason.CALLER || !deviation.symptom()) {
      return false;
    }
    List<CallEdge> calls = trouble.callsOf(deviation.last().entity());
    return !calls.isEmpty() && calls.stream().noneMatch(each -> isAffected(each.callee()));
  }

  /** Whether those alone by whose calls it is known suffer from the problem. */
  private boolean isBehindCallers(Deviation deviation) {
    Set<Entity> callers = deviation.callers();
    return callers.stream().anyMatch(this::isAffected) && !isKnown(deviation.last().entity());
  }

  /** Whether the problem lies with it, or it depends on where it lies; calls may name no place. */
  private boolean isAffected(Entity entity) {
    Tie tie = tie(entity);
    return (tie != null && (tie.suffers() || tie.reason() == Reason.CALLER))
        || roots.core().stream().anyMatch(each -> EntityNames.fit(each, entity));
  }

  private @Nullable Tie find(Entity other) {
    if (suffers(other)) {
      boolean root = roots.roots().stream().anyMatch(each -> EntityNames.fit(each, other));
      Tie why = root ? null : byCalls(other);
      return (why == null ? Tie.of(Reason.ROOT) : why).suffering();
    }
    if (!other.node().isEmpty()
        && (machines.contains(other.node()) || (isMachine(other) && isNodeOfOurs(other)))) {
      return Tie.of(Reason.NODE);
    }
    return !relatives.isEmpty() && topology.knows(other) ? byCalls(other) : byPlace(other);
  }

  /** A change need not name the cluster. */
  private boolean suffers(Entity other) {
    boolean anyCluster = other.cluster().isEmpty() && !origin.cluster().isEmpty();
    return suffering.contains(Subject.of(other))
        || (anyCluster && roots.core().stream().anyMatch(each -> EntityNames.fit(each, other)));
  }

  private static boolean isMachine(Entity entity) {
    return entity.kind() == Entity.Kind.NODE;
  }

  private boolean isNodeOfOurs(Entity machine) {
    return parts.contains("node\n" + machine.node());
  }

  private @Nullable Tie byCalls(Entity other) {
    Tie closest = null;
    for (Relatives each : relatives) {
      closest = closer(closest, Reason.CALLER, each.callers().way(other));
      closest = closer(closest, Reason.CALLEE, each.callees().way(other));
    }
    return closest;
  }

  private static @Nullable Tie closer(@Nullable Tie than, Reason reason, List<CallEdge> way) {
    if (way.isEmpty()) {
      return than;
    }
    Tie tie = new Tie(false, reason, way);
    return than == null || Tie.CLOSEST_FIRST.compare(tie, than) < 0 ? tie : than;
  }

  private @Nullable Tie byPlace(Entity other) {
    if (other.namespace().equals(origin.namespace())) {
      return Tie.of(Reason.NAMESPACE);
    }
    boolean shared =
        (origin.namespace().isEmpty() || other.namespace().isEmpty())
            && (parts.contains("service\n" + other.service())
                || parts.contains("workload\n" + other.workload())
                || parts.contains("node\n" + other.node()));
    return shared ? Tie.of(Reason.NAMESPACE) : null;
  }

  private boolean shares(Entity other, Trouble trouble) {
    if (trouble.isNone()) {
      return false;
    }
    List<Entity> shared = common.get(other);
    if (shared == null) {
      shared = inCommon(other);
      common.put(other, shared);
    }
    return shared.stream().anyMatch(trouble::at);
  }

  /** On what both it and one with whom the problem lies depend. */
  private List<Entity> inCommon(Entity other) {
    List<Entity> shared = new ArrayList<>();
    for (Entity each : topology.dependencies(other, Roots.MAX_HOPS).entities()) {
      if (relatives.stream().anyMatch(one -> one.callees().has(each))) {
        shared.add(each);
      }
    }
    return shared;
  }
}
