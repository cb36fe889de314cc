// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.NamingRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells from its labels whether a series is about calls from one service to another, and between
 * whom: Tempo's and OpenTelemetry's service graphs, Istio, Linkerd, and what clients of HTTP, RPC
 * and databases measure with the name of their peer.
 *
 * <p>A peer that has an address only is nobody whom one could blame: it has no name here. Nor has
 * what the makers of these metrics write for those that they do not know.
 */
public final class CallRules {
  private static final String SERVICE_GRAPH = "traces_service_graph_";
  private static final List<String> ISTIO =
      List.of("istio_request", "istio_response", "istio_tcp_");

  /** Of each family of metrics one counter is enough to learn who calls whom. */
  private static final List<String> COUNTERS =
      List.of(
          "traces_service_graph_request_total",
          "istio_requests_total",
          "istio_tcp_connections_opened_total",
          "response_total",
          "http_client_request_duration_seconds_count",
          "http_client_duration_milliseconds_count",
          "http_client_duration_seconds_count",
          "http_client_requests_seconds_count",
          "http_client_requests_total",
          "rpc_client_duration_milliseconds_count",
          "rpc_client_duration_seconds_count",
          "rpc_client_call_duration_seconds_count",
          "grpc_client_handled_total",
          "grpc_client_attempt_duration_seconds_count",
          "db_client_operation_duration_seconds_count");

  /** Beginnings of the clients' metrics whose labels name the peer. */
  private static final List<String> CLIENTS =
      List.of("http_client_", "rpc_client_", "grpc_client_", "db_client_");

  /** What they name the peer with, the most telling first. */
  private static final List<String> PEERS =
      List.of(
          "peer_service",
          "server_address",
          "net_peer_name",
          "client_name",
          "grpc_target",
          "target");

  /** Beginnings of what Linkerd's proxies measure in both directions. */
  private static final List<String> LINKERD =
      List.of(
          "request_total",
          "response_total",
          "response_latency_ms",
          "route_request_total",
          "route_response_",
          "route_actual_",
          "tcp_open_",
          "tcp_close_total",
          "tcp_read_bytes_total",
          "tcp_write_bytes_total");

  /** Beginnings of what they measure of callers only. */
  private static final List<String> LINKERD_OUTBOUND =
      List.of("outbound_http_", "outbound_grpc_", "outbound_tcp_", "outbound_tls_");

  private static final List<String> LINKERD_WORKLOADS =
      List.of(
          "dst_deployment",
          "dst_statefulset",
          "dst_daemonset",
          "dst_k8s_job",
          "dst_replicaset",
          "dst_replicationcontroller");

  private static final List<String> UNKNOWN =
      List.of(
          "",
          "unknown",
          "user",
          "localhost",
          "none",
          "PassthroughCluster",
          "InboundPassthroughCluster",
          "BlackHoleCluster");

  private CallRules() {}

  /**
   * Whether the series of a metric tell of calls that are worth learning; to be asked before their
   * labels are read.
   */
  public static boolean mayTell(String metric) {
    return COUNTERS.contains(metric);
  }

  /**
   * Who calls whom in what a series measures. An end that is not known has no name, see {@link
   * CallEdge#refusal}.
   *
   * @param about what the series is about: of what callers measure themselves, the caller
   * @return null for a series that is not about calls to others
   */
  public static @Nullable CallEdge ends(Labels series, Entity about) {
    String metric = series.metric();
    if (metric.startsWith(SERVICE_GRAPH)) {
      return serviceGraph(series, about.cluster());
    }
    if (beginsLikeOneOf(ISTIO, metric)) {
      return istio(series, about.cluster());
    }
    if (isLinkerd(metric, series.get("direction"))) {
      return new CallEdge(about, linkerdCallee(series, about.cluster()));
    }
    if (NamingRules.isClientSide(metric)) {
      return new CallEdge(about, peer(series, about.cluster()));
    }
    return null;
  }

  /**
   * Who calls, where a series tells how calls to somebody go as they who call see it.
   *
   * @param about what the series is about
   * @return null where it tells anything else, or nobody knows who calls
   */
  public static @Nullable Entity callerOf(Labels series, Entity about) {
    CallEdge call = ends(series, about);
    return call != null
            && call.refusal() == null
            && !atCallee(series)
            && EntityNames.fit(call.callee(), about)
        ? call.caller()
        : null;
  }

  /** Whether it was measured where the call was served: it is what the callee says of itself. */
  public static boolean atCallee(Labels series) {
    String reporter = series.get("reporter");
    return beginsLikeOneOf(ISTIO, series.metric())
        && !reporter.isEmpty()
        && !reporter.equals("source");
  }

  private static CallEdge serviceGraph(Labels series, String cluster) {
    return new CallEdge(
        service(cluster, graphNamespace(series, "client"), series.get("client")),
        service(cluster, graphNamespace(series, "server"), series.get("server")));
  }

  private static String graphNamespace(Labels series, String side) {
    return first(
        series.get(side + "_k8s_namespace_name"),
        series.get(side + "_service_namespace"),
        series.get(side + "_namespace"));
  }

  private static CallEdge istio(Labels series, String cluster) {
    String from = known(series.get("source_cluster"));
    String to = known(series.get("destination_cluster"));
    // Istio has names of its own for clusters: they matter where a call leaves one, and there for
    // the end alone that did not report.
    boolean leaves = !from.isEmpty() && !to.isEmpty() && !from.equals(to);
    boolean atCallee = atCallee(series);
    return new CallEdge(
        new Entity(
            leaves && atCallee ? from : cluster,
            known(series.get("source_workload_namespace")),
            known(series.get("source_workload")),
            known(series.get("source_canonical_service")),
            "",
            ""),
        new Entity(
            leaves && !atCallee ? to : cluster,
            first(
                series.get("destination_service_namespace"),
                series.get("destination_workload_namespace")),
            known(series.get("destination_workload")),
            first(
                series.get("destination_service_name"),
                series.get("destination_canonical_service")),
            "",
            ""));
  }

  private static boolean isLinkerd(String metric, String direction) {
    return (direction.equals("outbound") && beginsLikeOneOf(LINKERD, metric))
        || beginsLikeOneOf(LINKERD_OUTBOUND, metric);
  }

  private static Entity linkerdCallee(Labels series, String cluster) {
    String workload = "";
    for (String label : LINKERD_WORKLOADS) {
      workload = first(workload, series.get(label));
    }
    String service =
        first(series.get("dst_service"), series.get("backend_name"), series.get("parent_name"));
    if ((workload + service).isEmpty()) {
      return host(first(series.get("authority"), series.get("dst")), cluster);
    }
    String namespace =
        first(
            series.get("dst_namespace"),
            series.get("backend_namespace"),
            series.get("parent_namespace"));
    return new Entity(cluster, namespace, workload, service, "", "");
  }

  private static Entity peer(Labels series, String cluster) {
    if (!beginsLikeOneOf(CLIENTS, series.metric())) {
      return Entity.NONE;
    }
    String peer = "";
    for (String label : PEERS) {
      peer = first(peer, series.get(label));
    }
    return host(peer, cluster);
  }

  /** Whom the name of a host means: {@code payments.shop.svc.cluster.local:8080}, or shorter. */
  private static Entity host(String address, String cluster) {
    String name = address.substring(address.lastIndexOf('/') + 1);
    int colon = name.indexOf(':');
    name = known(colon < 0 ? name : name.substring(0, colon));
    if (name.isEmpty() || address.indexOf('[') >= 0 || isNumeric(name)) {
      return Entity.NONE;
    }
    String[] parts = name.split("\\.", -1);
    boolean inCluster = parts.length == 2 || (parts.length > 2 && parts[2].equals("svc"));
    // What is outside keeps its whole name.
    return inCluster ? service(cluster, known(parts[1]), parts[0]) : service(cluster, "", name);
  }

  private static boolean isNumeric(String name) {
    return name.chars().allMatch(each -> each == '.' || (each >= '0' && each <= '9'));
  }

  private static Entity service(String cluster, String namespace, String name) {
    return new Entity(cluster, namespace, "", known(name), "", "");
  }

  private static boolean beginsLikeOneOf(List<String> beginnings, String metric) {
    return beginnings.stream().anyMatch(metric::startsWith);
  }

  private static String first(String... values) {
    for (String value : values) {
      if (!known(value).isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private static String known(String value) {
    return UNKNOWN.contains(value) ? "" : value;
  }
}
