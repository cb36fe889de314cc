// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.io.Serializable;
import java.util.List;

/**
 * The labels that name the parts of an {@link Entity}, each list in order of preference: the first
 * label that a series has is taken.
 *
 * @param cluster the Kubernetes cluster or data centre
 * @param namespace the namespace
 * @param workload the owner of the pod
 * @param service the service
 * @param node the machine
 * @param pod the pod; it names the running copy, and the workload where no label does
 * @param instance the running copy outside Kubernetes
 */
public record EntityLabels(
    List<String> cluster,
    List<String> namespace,
    List<String> workload,
    List<String> service,
    List<String> node,
    List<String> pod,
    List<String> instance)
    implements Serializable {

  /** The names that Prometheus, its operator, Micrometer and OpenTelemetry use. */
  public static final EntityLabels DEFAULTS =
      new EntityLabels(
          List.of("cluster", "k8s_cluster_name"),
          List.of("namespace", "kubernetes_namespace", "k8s_namespace_name", "service_namespace"),
          List.of(
              "workload",
              "deployment",
              "statefulset",
              "daemonset",
              "cronjob",
              "replicaset",
              "job_name",
              "owner_name",
              "k8s_deployment_name",
              "k8s_statefulset_name",
              "k8s_daemonset_name"),
          List.of("service", "app", "app_kubernetes_io_name", "service_name", "application"),
          List.of("node", "kubernetes_node", "nodename", "node_name", "k8s_node_name"),
          List.of("pod", "kubernetes_pod_name", "pod_name", "k8s_pod_name"),
          List.of("instance", "service_instance_id"));

  public EntityLabels {
    cluster = List.copyOf(cluster);
    namespace = List.copyOf(namespace);
    workload = List.copyOf(workload);
    service = List.copyOf(service);
    node = List.copyOf(node);
    pod = List.copyOf(pod);
    instance = List.copyOf(instance);
  }
}
