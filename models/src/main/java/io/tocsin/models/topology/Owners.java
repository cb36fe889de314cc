// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which workload owns a pod, and on which node it runs: links learned from what kube-state-metrics
 * tells, forgotten when they are told of no more. It is an aid and may be empty: of what it does
 * not know, entities stay what their labels say.
 *
 * <p>Answers do not depend on the order in which links were learned, apart from those that would
 * close a circle: of them the last is not taken.
 */
public final class Owners {
  private final OwnerSettings settings;
  private final Map<String, ClusterOwners> clusters = new TreeMap<>();
  private final List<ObjectLink> forgotten = new ArrayList<>();
  private int size;
  private long version;

  /** No links yet. */
  public Owners(OwnerSettings settings) {
    this.settings = settings;
  }

  /** Another number when something else is known than before; not stored. */
  public long version() {
    return version;
  }

  /** How many links are known. */
  public int size() {
    return size;
  }

  /** Takes note of a link; its time may be in any order. */
  public LinkFate learn(ObjectLink link) {
    if (!link.named()) {
      return LinkFate.NAMELESS;
    }
    String name = link.object().cluster();
    ClusterOwners cluster = clusters.getOrDefault(name, new ClusterOwners());
    LinkFate fate = cluster.learn(link);
    if (fate == LinkFate.MOVED) {
      version++;
    } else if (fate == LinkFate.NEW) {
      clusters.put(name, cluster);
      version++;
      size++;
      return withinLimits(cluster, link);
    }
    return fate;
  }

  private LinkFate withinLimits(ClusterOwners cluster, ObjectLink added) {
    if (cluster.size() <= settings.linksPerCluster() && size <= settings.links()) {
      return LinkFate.NEW;
    }
    ClusterOwners crowded =
        cluster.size() > settings.linksPerCluster()
            ? cluster
            : clusters.values().stream()
                .max(Comparator.comparingInt(ClusterOwners::size))
                .orElse(cluster);
    ObjectLink displaced = crowded.oldest();
    forget(crowded, displaced);
    clusters.values().removeIf(each -> each.size() == 0);
    return displaced.equals(added) ? LinkFate.OLD : LinkFate.DISPLACING;
  }

  /**
   * Forgets what was not told of for the retention.
   *
   * @param time event time, ms since the epoch; {@link Long#MIN_VALUE} while it is not known
   * @return how many links went
   */
  public int expire(long time) {
    long retention = settings.retention().toMillis();
    long since = time < Long.MIN_VALUE + retention ? Long.MIN_VALUE : time - retention;
    int before = size;
    for (ClusterOwners cluster : clusters.values()) {
      while (cluster.size() > 0 && cluster.oldest().time() < since) {
        forget(cluster, cluster.oldest());
      }
    }
    if (size != before) {
      clusters.values().removeIf(each -> each.size() == 0);
    }
    return before - size;
  }

  private void forget(ClusterOwners cluster, ObjectLink link) {
    cluster.remove(link);
    forgotten.add(link);
    size--;
    version++;
  }

  /** Whether it is just this link that is known. */
  public boolean has(ObjectLink link) {
    ClusterOwners cluster = clusters.get(link.object().cluster());
    return cluster != null && cluster.has(link);
  }

  /** The links that have been forgotten, or not taken for lack of room, since this was asked. */
  public List<ObjectLink> takeForgotten() {
    List<ObjectLink> taken = List.copyOf(forgotten);
    forgotten.clear();
    return taken;
  }

  /**
   * What an entity is, where its labels only let one guess. A pod gets its true workload and its
   * node; what bears the workload that the names of pods suggest gets the one that those pods
   * belong to, as long as that is the same for all of them and the suggested one is no other
   * workload's name.
   */
  public Entity resolve(Entity entity) {
    ClusterOwners cluster = clusters.get(entity.cluster());
    return cluster == null || entity.workload().isEmpty() ? entity : cluster.resolve(entity);
  }
}
