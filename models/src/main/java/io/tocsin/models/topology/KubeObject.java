// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

/**
 * An object of Kubernetes.
 *
 * @param cluster the cluster; empty where only one is watched
 * @param namespace the namespace; a node has none
 * @param kind as Kubernetes writes it, such as {@code ReplicaSet}
 * @param name unique among those of its kind and namespace
 */
public record KubeObject(String cluster, String namespace, String kind, String name) {
  /** The kind of a pod. */
  public static final String POD = "Pod";

  /** The kind of a machine. */
  public static final String NODE = "Node";

  static final String REPLICA_SET = "ReplicaSet";
  static final String REPLICATION_CONTROLLER = "ReplicationController";
  static final String JOB = "Job";

  /** A pod. */
  public static KubeObject pod(String cluster, String namespace, String name) {
    return new KubeObject(cluster, namespace, POD, name);
  }

  /** Whether its kind is made by others: who asks for a workload means its owner. */
  boolean isBetween() {
    return kind.equals(REPLICA_SET) || kind.equals(JOB) || kind.equals(REPLICATION_CONTROLLER);
  }
}
