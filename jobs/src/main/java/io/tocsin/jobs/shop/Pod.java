// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.jobs.shop.Service.Call;
import java.util.ArrayList;
import java.util.List;

/** One running copy of a service, from its creation to its replacement. */
final class Pod {
  /** The letters and digits that Kubernetes uses for names it makes up. */
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private final String name;
  private final int node;
  private final long key;
  private final double weight;
  private final List<Meter> meters = new ArrayList<>();
  private final ContainerMeter container;
  private final SeriesGroup group;
  private long started;

  /**
   * @param index which of the service's copies this is
   * @param generation how many rollouts the service has seen
   */
  Pod(Service service, int index, int generation, PodOrigin origin) {
    key =
        Dice.mix(Dice.mix(origin.seed() ^ service.name().hashCode()) + 1_000L * generation + index);
    long set = Dice.mix(origin.seed() ^ service.name().hashCode()) + generation;
    String owner = service.stateful() ? service.name() : service.name() + "-" + word(set, 9);
    name = owner + "-" + (service.stateful() ? index : word(key, 5));
    node = Math.floorMod((int) (key >>> 32), Topology.NODES);
    weight = 0.92 + 0.16 * Dice.fraction(key, 0);
    started = origin.time();
    SeriesGroup shop = new SeriesGroup("namespace", Topology.NAMESPACE);
    group = shop.with("pod", name);
    SeriesGroup application = group.with("service", service.name());
    container =
        new ContainerMeter(
            service, group.with("container", service.name(), "node", nodeName(node)), key);
    meters.add(container);
    if (!service.stateful()) {
      // A StatefulSet's pod would have another image under the same name: it shows its generation.
      String image = "registry.shop.example/" + service.name() + ":2." + generation;
      group.with("container", service.name()).add("kube_pod_container_info", "image", image).value =
          1;
    }
    addLinks(service.stateful() ? "StatefulSet" : "ReplicaSet", owner);
    if (index == 0 && !service.stateful()) {
      // The first pod is replaced first, so whoever has this owner comes after it.
      own(shop.with("replicaset", owner), "kube_replicaset_owner", "Deployment", service.name());
    }
    meters.add(
        service.readsQueue() ? new MessageMeter(application) : new RequestMeter(application));
    meters.add(new ProcessMeter(service, application));
    if (service.database()) {
      meters.add(new PoolMeter(application));
    }
    for (Call call : service.calls()) {
      meters.add(new CallMeter(call, application));
    }
  }

  /** Who owns the pod, and where it runs. */
  private void addLinks(String kind, String owner) {
    own(group, "kube_pod_owner", kind, owner);
    group
            .with("created_by_kind", kind, "created_by_name", owner)
            .add("kube_pod_info", "node", nodeName(node))
            .value =
        1;
  }

  private static void own(SeriesGroup object, String metric, String kind, String name) {
    object
            .with("owner_kind", kind, "owner_name", name)
            .add(metric, "owner_is_controller", "true")
            .value =
        1;
  }

  /**
   * Where a pod comes from.
   *
   * @param seed of the shop
   * @param time when it was created, event time in ms since the epoch
   */
  record PodOrigin(long seed, long time) {}

  String name() {
    return name;
  }

  static String nodeName(int node) {
    return "node-" + (node + 1);
  }

  private static String word(long key, int length) {
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append(ALPHABET.charAt((int) (Dice.fraction(key, i) * ALPHABET.length())));
    }
    return word.toString();
  }

  /** Measures what happened in a step. */
  void measure(Moment now) {
    for (Meter meter : meters) {
      meter.measure(now);
    }
  }

  /** Starts the container again after it died. */
  void restart(long time) {
    replace(time);
    container.countRestart();
  }

  /** Puts a new one in its place that has its name: counters begin at zero. */
  void replace(long time) {
    started = time;
    for (Meter meter : meters) {
      meter.restart();
    }
  }

  /** Seconds since the process was started. */
  double age(long time) {
    return (time - started) / 1000.0;
  }

  List<Series> series() {
    return group.all();
  }

  double cores() {
    return container.cores();
  }

  /** Its part of the load relative to the others of its service, about 1. */
  double weight() {
    return weight;
  }

  int node() {
    return node;
  }

  long key() {
    return key;
  }
}
