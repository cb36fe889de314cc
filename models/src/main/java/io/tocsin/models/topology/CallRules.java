// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells from its labels whether a series counts calls from one service to another, and between
 * whom. Of each family of metrics one counter is enough: Tempo's and OpenTelemetry's service
 * graphs, Istio, Linkerd, and what clients of HTTP, RPC and databases count with the name of their
 * peer.
 *
 * <p>A peer that has an address only is nobody whom one could blame: it is left out. So is what the
 * makers of these metrics write for those that they do not know.
 */
public final class CallRules {
  private static final String SERVICE_GRAPH = "traces_service_graph_request_total";
  private static final List<String> ISTIO =
      List.of("istio_requests_total", "istio_tcp_connections_opened_total");
  private static final String LINKERD = "response_total";

  /** Counters of clients whose labels name the peer. */
  private static final List<String> CLIENTS =
      List.of(
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

  /** What they name the peer with, the most telling first. */
  private static final List<String> PEERS =
      List.of(
          "peer_service",
          "server_address",
          "net_peer_name",
          "client_name",
          "grpc_target",
          "target");

  private static final List<String> UNKNOWN = List.of("", "unknown", "user", "localhost", "none");

  private final EntityRules entities;

  /**
   * @param entities who a client is that counts its calls
   */
  public CallRules(EntityRules entities) {
    this.entities = entities;
  }

  /** Whether the series of a metric may tell of calls; to be asked before its labels are read. */
  public static boolean mayTell(String metric) {
    return metric.equals(SERVICE_GRAPH)
        || metric.equals(LINKERD)
        || ISTIO.contains(metric)
        || CLIENTS.contains(metric);
  }

  /** Who calls whom; null when the series does not tell. */
  public @Nullable CallEdge of(Labels series) {
    String metric = series.metric();
    CallEdge edge =
        metric.equals(SERVICE_GRAPH)
            ? serviceGraph(series)
            : metric.equals(LINKERD)
                ? linkerd(series)
                : ISTIO.contains(metric)
                    ? istio(series)
                    : CLIENTS.contains(metric) ? client(series) : null;
    return edge != null && edge.named() && !edge.toItself() ? edge : null;
  }

  private CallEdge serviceGraph(Labels series) {
    String cluster = entities.of(series).cluster();
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

  private static CallEdge istio(Labels series) {
    return new CallEdge(
        new Entity(
            known(series.get("source_cluster")),
            known(series.get("source_workload_namespace")),
            known(series.get("source_workload")),
            known(series.get("source_canonical_service")),
            "",
            ""),
        new Entity(
            known(series.get("destination_cluster")),
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

  private @Nullable CallEdge linkerd(Labels series) {
    String workload =
        first(
            series.get("dst_deployment"),
            series.get("dst_statefulset"),
            series.get("dst_daemonset"));
    String service = known(series.get("dst_service"));
    if (!series.get("direction").equals("outbound") || (workload + service).isEmpty()) {
      return null;
    }
    Entity caller = entities.of(series);
    return new CallEdge(
        caller,
        new Entity(
            caller.cluster(), known(series.get("dst_namespace")), workload, service, "", ""));
  }

  private @Nullable CallEdge client(Labels series) {
    String peer = "";
    for (String label : PEERS) {
      peer = peer.isEmpty() ? known(series.get(label)) : peer;
    }
    Entity caller = entities.of(series);
    Host host = Host.of(peer);
    return host == null
        ? null
        : new CallEdge(
            caller, service(caller.cluster(), known(host.namespace()), known(host.service())));
  }

  private static Entity service(String cluster, String namespace, String name) {
    return new Entity(cluster, namespace, "", known(name), "", "");
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

  /** Whom the name of a host means: {@code payments.shop.svc.cluster.local:8080}, or shorter. */
  private record Host(String service, String namespace) {
    static @Nullable Host of(String peer) {
      String name = peer.substring(peer.lastIndexOf('/') + 1);
      int colon = name.indexOf(':');
      name = colon < 0 ? name : name.substring(0, colon);
      if (name.isEmpty() || peer.indexOf('[') >= 0 || isAddress(name)) {
        return null;
      }
      String[] parts = name.split("\\.", -1);
      boolean inCluster = parts.length == 2 || (parts.length > 2 && parts[2].equals("svc"));
      // What is outside keeps its whole name.
      return parts.length == 1 || inCluster
          ? new Host(parts[0], parts.length == 1 ? "" : parts[1])
          : new Host(name, "");
    }

    private static boolean isAddress(String name) {
      return name.chars().allMatch(each -> each == '.' || (each >= '0' && each <= '9'));
    }
  }
}
