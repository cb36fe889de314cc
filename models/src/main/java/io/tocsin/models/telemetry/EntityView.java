// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.util.List;

/**
 * How the labels of certain exporters name what their series are about, which is not the exporter.
 * A label that Prometheus renamed to {@code exported_…}, because the exporter's own was in the way,
 * is about the subject, and the one of the plain name about the exporter.
 *
 * @param metrics beginnings of the metrics' names
 * @param labels the labels that speak of the subject; those of the exporter are left out
 * @param podsOnly whether a namespace is the exporter's unless there is a pod
 */
record EntityView(List<String> metrics, EntityLabels labels, boolean podsOnly) {
  private static final List<String> NONE = List.of();
  private static final List<String> NAMESPACE = List.of("namespace");
  private static final List<String> POD =
      List.of("pod", "pod_name", "container_label_io_kubernetes_pod_name");

  /** What kube-state-metrics says of itself begins like what it says of the cluster. */
  static final String OF_THE_EXPORTER = "kube_state_metrics_";

  /** Jobs whose series, also {@code up}, are about the machine on which they run. */
  static final List<String> MACHINE_JOBS =
      List.of(
          "node",
          "node-exporter",
          "node_exporter",
          "prometheus-node-exporter",
          "kubernetes-node-exporter",
          "windows-exporter",
          "windows_exporter");

  /** Machines: node_exporter, windows_exporter and what cAdvisor says of the machine. */
  static EntityView machines(List<String> cluster) {
    return new EntityView(
        List.of("node_", "windows_", "machine_"),
        new EntityLabels(
            cluster,
            NONE,
            NONE,
            NONE,
            List.of("node", "kubernetes_node", "nodename", "node_name", "instance"),
            NONE,
            List.of("instance")),
        false);
  }

  /** Every view but that of machines; the first whose metrics fit holds. */
  static List<EntityView> others(List<String> cluster) {
    return List.of(
        kubePods(cluster),
        kube(
            List.of("kube_node_"),
            new EntityLabels(cluster, NONE, NONE, NONE, List.of("node"), NONE, NONE)),
        kube(
            List.of("kube_service_", "kube_endpoint_"),
            new EntityLabels(
                cluster, NAMESPACE, NONE, List.of("service", "endpoint"), NONE, NONE, NONE)),
        kubeOwners(cluster),
        containers(cluster),
        kube(
            List.of("kubelet_volume_stats_"),
            new EntityLabels(
                cluster, NAMESPACE, NONE, NONE, NONE, NONE, List.of("persistentvolumeclaim"))),
        istio(cluster),
        serviceGraph(cluster),
        proxies(cluster),
        kube(
            List.of("kafka_consumergroup_"),
            new EntityLabels(cluster, NONE, NONE, List.of("consumergroup"), NONE, NONE, NONE)));
  }

  private static EntityView kube(List<String> metrics, EntityLabels labels) {
    return new EntityView(metrics, labels, false);
  }

  private static EntityView kubePods(List<String> cluster) {
    return kube(
        List.of("kube_pod_"),
        new EntityLabels(cluster, NAMESPACE, NONE, NONE, List.of("node"), POD, NONE));
  }

  private static EntityView kubeOwners(List<String> cluster) {
    List<String> owners =
        List.of(
            "deployment",
            "statefulset",
            "daemonset",
            "cronjob",
            "replicaset",
            "job_name",
            "horizontalpodautoscaler",
            "hpa",
            "poddisruptionbudget");
    return kube(
        List.of("kube_"),
        new EntityLabels(
            cluster, NAMESPACE, owners, NONE, NONE, NONE, List.of("persistentvolumeclaim")));
  }

  private static EntityView containers(List<String> cluster) {
    return new EntityView(
        List.of("container_"),
        new EntityLabels(
            cluster,
            List.of("namespace", "container_label_io_kubernetes_pod_namespace"),
            NONE,
            List.of(
                "container_label_com_docker_compose_service",
                "container_label_com_docker_swarm_service_name"),
            List.of("node", "kubernetes_io_hostname", "instance"),
            POD,
            List.of("name")),
        true);
  }

  /** Both sides of a call report it; it is about the one that was called. */
  private static EntityView istio(List<String> cluster) {
    return kube(
        List.of("istio_request", "istio_response", "istio_tcp_"),
        new EntityLabels(
            cluster,
            List.of("destination_service_namespace", "destination_workload_namespace"),
            List.of("destination_workload"),
            List.of("destination_service_name", "destination_canonical_service"),
            NONE,
            NONE,
            NONE));
  }

  /** A collector of traces counts calls; they are about the one that was called. */
  private static EntityView serviceGraph(List<String> cluster) {
    return kube(
        List.of("traces_service_graph_"),
        new EntityLabels(
            cluster,
            List.of("server_k8s_namespace_name", "server_service_namespace", "server_namespace"),
            NONE,
            List.of("server"),
            NONE,
            NONE,
            NONE));
  }

  private static EntityView proxies(List<String> cluster) {
    return kube(
        List.of(
            "nginx_ingress_controller_request",
            "nginx_ingress_controller_response",
            "nginx_ingress_controller_bytes_sent",
            "nginx_ingress_controller_connect_",
            "nginx_ingress_controller_header_",
            "traefik_service_",
            "envoy_cluster_",
            "haproxy_backend_",
            "haproxy_server_"),
        new EntityLabels(
            cluster,
            NAMESPACE,
            NONE,
            List.of("envoy_cluster_name", "proxy", "backend", "service", "ingress"),
            NONE,
            NONE,
            NONE));
  }
}
