// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.EntityLabels;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallRulesTest {
  private static final EntityRules ENTITIES = new EntityRules(EntityLabels.DEFAULTS);

  private static @Nullable CallEdge ends(Labels series) {
    return CallRules.ends(series, ENTITIES.of(series));
  }

  @Test
  void aServiceGraphNamesBothEnds() {
    CallEdge edge =
        ends(
            Labels.of(
                "__name__", "traces_service_graph_request_total",
                "client", "checkout",
                "client_k8s_namespace_name", "shop",
                "server", "payments",
                "cluster", "eu"));
    assertThat(edge).isNotNull();
    assertThat(edge.text()).isEqualTo("checkout calls payments");
    assertThat(edge.caller().namespace()).isEqualTo("shop");
    assertThat(edge.callee().namespace()).isEmpty();
    assertThat(edge.callee().cluster()).isEqualTo("eu");
  }

  @Test
  void istioNamesWorkloadsAndServices() {
    CallEdge edge =
        ends(
            Labels.of(
                "__name__", "istio_requests_total",
                "reporter", "source",
                "source_workload", "checkout-v1",
                "source_workload_namespace", "shop",
                "source_canonical_service", "checkout",
                "destination_workload", "unknown",
                "destination_service_name", "payments",
                "destination_service_namespace", "money"));
    assertThat(edge).isNotNull();
    assertThat(edge.caller().workload()).isEqualTo("checkout-v1");
    assertThat(edge.caller().service()).isEqualTo("checkout");
    assertThat(edge.callee().workload()).isEmpty();
    assertThat(edge.callee().namespace()).isEqualTo("money");
  }

  @Test
  void linkerdNamesTheDestinationOfWhatGoesOut() {
    Labels outbound =
        Labels.of(
            "__name__", "response_total",
            "direction", "outbound",
            "namespace", "shop",
            "pod", "checkout-5d4f8c7b9-x2x4z",
            "dst_deployment", "payments",
            "dst_namespace", "money");
    CallEdge edge = ends(outbound);
    assertThat(edge).isNotNull();
    assertThat(edge.text()).isEqualTo("checkout calls payments");
    assertThat(ends(outbound.with("direction", "inbound"))).isNull();
    assertThat(edge.callee().namespace()).isEqualTo("money");
    for (String other : List.of("response_latency_ms:p95", "request_total", "tcp_open_total")) {
      assertThat(ends(outbound.with("__name__", other))).as(other).isEqualTo(edge);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "authority, payments.money.svc.cluster.local:8080, payments, money",
    "dst, payments.money.svc.cluster.local:8080, payments, money",
    "backend_name, payments, payments, ''",
    "authority, 10.0.0.7:8080, '', ''"
  })
  void whereLinkerdKnowsNoDestinationItsAddressNamesIt(
      String label, String value, String service, String namespace) {
    Labels outbound =
        Labels.of(
            "__name__",
            "route_response_total",
            "direction",
            "outbound",
            "namespace",
            "shop",
            "deployment",
            "checkout",
            label,
            value);
    CallEdge edge = ends(outbound);
    assertThat(edge).isNotNull();
    assertThat(edge.caller().workload()).isEqualTo("checkout");
    assertThat(edge.callee().service()).isEqualTo(service);
    assertThat(edge.callee().namespace()).isEqualTo(namespace);
  }

  @Test
  void istiosOwnNamesOfClustersMatterOnlyWhereACallLeavesOne() {
    Labels within =
        Labels.of(
            "__name__", "istio_request_duration_milliseconds:p95",
            "reporter", "source",
            "cluster", "eu",
            "source_cluster", "Kubernetes",
            "source_workload", "checkout",
            "destination_cluster", "Kubernetes",
            "destination_service_name", "payments");
    CallEdge edge = ends(within);
    assertThat(edge).isNotNull();
    assertThat(edge.caller().cluster()).isEqualTo("eu");
    assertThat(edge.callee().cluster()).isEqualTo("eu");
    Labels leaving = within.with("destination_cluster", "us");
    assertThat(ends(leaving)).extracting(each -> each.callee().cluster()).isEqualTo("us");
    assertThat(ends(leaving)).extracting(each -> each.caller().cluster()).isEqualTo("eu");
  }

  @Test
  void whoServedACallAndReportsItSaysItOfItself() {
    Labels series = Labels.of("__name__", "istio_requests_total", "reporter", "destination");
    assertThat(CallRules.atCallee(series)).isTrue();
    assertThat(CallRules.atCallee(series.with("reporter", "source"))).isFalse();
    assertThat(CallRules.atCallee(series.with("__name__", "response_total"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "peer_service, payments, payments, ''",
    "server_address, payments:8080, payments, ''",
    "server_address, payments.money.svc.cluster.local, payments, money",
    "server_address, payments.money, payments, money",
    "server_address, api.bank.example, api.bank.example, ''",
    "grpc_target, dns:///payments.money.svc:50051, payments, money",
    "client_name, payments, payments, ''"
  })
  void aClientNamesItsPeer(String label, String value, String service, String namespace) {
    CallEdge edge = ends(client(label, value));
    assertThat(edge).isNotNull();
    assertThat(edge.caller().service()).isEqualTo("checkout");
    assertThat(edge.callee().service()).isEqualTo(service);
    assertThat(edge.callee().namespace()).isEqualTo(namespace);
  }

  @ParameterizedTest
  @CsvSource({
    "server_address, 10.0.0.7:8080, NAMELESS",
    "server_address, '[fd00::7]:8080', NAMELESS",
    "server_address, localhost, NAMELESS",
    "server_address, checkout, SELF",
    "peer_service, unknown, NAMELESS",
    "method, GET, NAMELESS"
  })
  void whatNamesNobodyElseSaysNothingOfOthers(String label, String value, EdgeFate refusal) {
    CallEdge edge = ends(client(label, value));
    assertThat(edge).isNotNull();
    assertThat(edge.refusal()).isEqualTo(refusal);
  }

  @Test
  void otherMetricsTellOfNoCalls() {
    assertThat(CallRules.mayTell("http_requests_total")).isFalse();
    assertThat(ends(Labels.of("__name__", "up", "client", "a", "server", "b"))).isNull();
  }

  private static Labels client(String label, String value) {
    return Labels.of(
        "__name__",
        "http_client_request_duration_seconds_count",
        "namespace",
        "shop",
        "service",
        "checkout",
        label,
        value);
  }
}
