// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.PodName;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What is known of the objects of one cluster. */
final class ClusterOwners {
  /** How many owners of owners are asked for: Kubernetes' own go no further than two. */
  private static final int MOST_STEPS = 5;

  private final Map<KubeObject, ObjectLink> owners = new HashMap<>();
  private final Map<KubeObject, ObjectLink> nodes = new HashMap<>();
  private final NavigableSet<ObjectLink> byAge = new TreeSet<>(ObjectLink.OLDEST_FIRST);

  /** How many links lead to a workload of this name. */
  private final Map<Name, Integer> workloads = new HashMap<>();

  /** The pods whose names suggest this workload. */
  private final Map<Name, NavigableSet<String>> suggesting = new HashMap<>();

  /** A name within its namespace. */
  private record Name(String namespace, String name) {}

  int size() {
    return byAge.size();
  }

  /** The one that was told of longest ago. */
  ObjectLink oldest() {
    return byAge.first();
  }

  boolean has(ObjectLink link) {
    return link.equals(links(link).get(link.object()));
  }

  private Map<KubeObject, ObjectLink> links(ObjectLink link) {
    return link.toNode() ? nodes : owners;
  }

  LinkFate learn(ObjectLink link) {
    ObjectLink known = links(link).get(link.object());
    boolean same = known != null && known.isLike(link);
    if (known != null && !isNewer(link, known)) {
      return same ? LinkFate.SEEN : LinkFate.OLD;
    }
    if (!same && closesCircle(link)) {
      return LinkFate.CYCLIC;
    }
    if (known != null) {
      remove(known);
    }
    add(link);
    return known == null ? LinkFate.NEW : same ? LinkFate.SEEN : LinkFate.MOVED;
  }

  /** Of two that were told at the same time always the same one holds. */
  private static boolean isNewer(ObjectLink link, ObjectLink than) {
    int target =
        Comparator.comparing(ObjectLink::targetKind)
            .thenComparing(ObjectLink::targetName)
            .compare(link, than);
    return link.time() > than.time() || (link.time() == than.time() && target > 0);
  }

  /** A circle of more steps than are ever asked for is not noticed, and does no harm. */
  private boolean closesCircle(ObjectLink link) {
    KubeObject owner = link.target();
    for (int step = 0; step < MOST_STEPS; step++) {
      if (owner.equals(link.object())) {
        return true;
      }
      ObjectLink next = owners.get(owner);
      if (next == null) {
        return false;
      }
      owner = next.target();
    }
    return false;
  }

  private void add(ObjectLink link) {
    links(link).put(link.object(), link);
    byAge.add(link);
    if (namesWorkload(link)) {
      workloads.merge(new Name(link.object().namespace(), link.targetName()), 1, Integer::sum);
    }
    if (link.object().kind().equals(KubeObject.POD)) {
      suggesting
          .computeIfAbsent(suggested(link.object()), any -> new TreeSet<>())
          .add(link.object().name());
    }
  }

  void remove(ObjectLink link) {
    KubeObject object = link.object();
    links(link).remove(object);
    byAge.remove(link);
    if (namesWorkload(link)) {
      workloads.computeIfPresent(
          new Name(object.namespace(), link.targetName()),
          (name, count) -> count == 1 ? null : count - 1);
    }
    if (object.kind().equals(KubeObject.POD) && !knows(object)) {
      suggesting.computeIfPresent(
          suggested(object),
          (name, pods) -> {
            pods.remove(object.name());
            return pods.isEmpty() ? null : pods;
          });
    }
  }

  private static boolean namesWorkload(ObjectLink link) {
    return !link.toNode() && !link.ownerless() && !link.target().isBetween();
  }

  private static Name suggested(KubeObject pod) {
    return new Name(pod.namespace(), PodName.owner(pod.name(), ""));
  }

  private boolean knows(KubeObject pod) {
    return owners.containsKey(pod) || nodes.containsKey(pod);
  }

  Entity resolve(Entity entity) {
    KubeObject pod = KubeObject.pod(entity.cluster(), entity.namespace(), entity.instance());
    if (knows(pod)) {
      String node = entity.node().isEmpty() ? node(pod) : entity.node();
      boolean isNamed = !owners.containsKey(pod) && !isSuggested(entity);
      return with(entity, isNamed ? entity.workload() : workload(pod), node);
    }
    return with(entity, meant(entity), entity.node());
  }

  /** Whether its workload is what the name of the pod suggests, rather than a label's. */
  private static boolean isSuggested(Entity pod) {
    return pod.workload().equals(PodName.owner(pod.instance(), ""));
  }

  private static Entity with(Entity entity, String workload, String node) {
    return workload.equals(entity.workload()) && node.equals(entity.node())
        ? entity
        : new Entity(
            entity.cluster(),
            entity.namespace(),
            workload,
            entity.service(),
            node,
            entity.instance());
  }

  private String node(KubeObject pod) {
    ObjectLink link = nodes.get(pod);
    return link == null ? "" : link.targetName();
  }

  /** Where its owners end; without any known, what its name suggests. */
  private String workload(KubeObject pod) {
    ObjectLink link = owners.get(pod);
    KubeObject last = pod;
    for (int step = 0; link != null && !link.ownerless(); step++) {
      if (step == MOST_STEPS) {
        return PodName.owner(pod.name(), node(pod));
      }
      last = link.target();
      link = owners.get(last);
    }
    if (link == null && last.equals(pod)) {
      return PodName.owner(pod.name(), node(pod));
    }
    return last.isBetween() ? PodName.withoutHash(last.name()) : last.name();
  }

  /** Which workload is meant by the one that names of pods suggest. */
  private String meant(Entity entity) {
    Name name = new Name(entity.namespace(), entity.workload());
    if (workloads.containsKey(name)) {
      return entity.workload();
    }
    String meant = null;
    for (String pod : suggesting.getOrDefault(name, Collections.emptyNavigableSet())) {
      String one = workload(KubeObject.pod(entity.cluster(), entity.namespace(), pod));
      if (meant != null && !meant.equals(one)) {
        return entity.workload();
      }
      meant = one;
    }
    return meant == null ? entity.workload() : meant;
  }
}
