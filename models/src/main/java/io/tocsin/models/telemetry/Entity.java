// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.util.Comparator;
import java.util.List;

/**
 * What a series is about. A part that the labels do not name is the empty string.
 *
 * @param cluster the Kubernetes cluster or data centre
 * @param namespace the namespace, or whatever groups services that belong together
 * @param workload what survives a pod: a Deployment, StatefulSet, DaemonSet or CronJob
 * @param service the service as its callers know it
 * @param node the machine
 * @param instance one running copy: a pod, or host:port
 */
public record Entity(
    String cluster,
    String namespace,
    String workload,
    String service,
    String node,
    String instance) {

  /** An entity of which nothing is known. */
  public static final Entity NONE = new Entity("", "", "", "", "", "");

  /** Any fixed order. */
  public static final Comparator<Entity> ORDER =
      Comparator.comparing(Entity::cluster)
          .thenComparing(Entity::namespace)
          .thenComparing(Entity::workload)
          .thenComparing(Entity::service)
          .thenComparing(Entity::node)
          .thenComparing(Entity::instance);

  /** What kind of thing {@link #subject()} is. */
  public enum Kind {
    SERVICE,
    WORKLOAD,
    NODE,
    INSTANCE,
    CLUSTER
  }

  /** The kind of the most telling part that is known: what can be blamed, and repaired. */
  public Kind kind() {
    if (!service.isEmpty()) {
      return Kind.SERVICE;
    }
    if (!workload.isEmpty()) {
      return Kind.WORKLOAD;
    }
    if (!node.isEmpty()) {
      return Kind.NODE;
    }
    return instance.isEmpty() ? Kind.CLUSTER : Kind.INSTANCE;
  }

  /** The name of the most telling part that is known. */
  public String subject() {
    return switch (kind()) {
      case SERVICE -> service;
      case WORKLOAD -> workload;
      case NODE -> node;
      case INSTANCE -> instance;
      case CLUSTER -> cluster;
    };
  }

  /** Its parts, in the order in which they are declared. */
  public List<String> parts() {
    return List.of(cluster, namespace, workload, service, node, instance);
  }

  /** The hash by which state knows it, fixed for ever; an entity's is without its running copy. */
  public long hash() {
    // What toString() gives too, by a formatter that takes microseconds in Java 17.
    return SeriesHash.ofText(
        "Entity[cluster="
            + cluster
            + ", namespace="
            + namespace
            + ", workload="
            + workload
            + ", service="
            + service
            + ", node="
            + node
            + ", instance="
            + instance
            + ']');
  }

  /** This entity without the running copy and the machine it happens to run on. */
  public Entity withoutInstance() {
    boolean aboutNode = kind() == Kind.NODE;
    return new Entity(
        cluster,
        namespace,
        workload,
        service,
        aboutNode ? node : "",
        kind() == Kind.INSTANCE ? instance : "");
  }
}
