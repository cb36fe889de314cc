// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.EntityLabels;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallRulesTest {
  private final CallRules rules = new CallRules(new EntityRules(EntityLabels.DEFAULTS));

  @Test
  void aServiceGraphNamesBothEnds() {
    CallEdge edge =
        rules.of(
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
        rules.of(
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
    CallEdge edge = rules.of(outbound);
    assertThat(edge).isNotNull();
    assertThat(edge.text()).isEqualTo("checkout calls payments");
    assertThat(rules.of(outbound.with("direction", "inbound"))).isNull();
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
    CallEdge edge = rules.of(client(label, value));
    assertThat(edge).isNotNull();
    assertThat(edge.caller().service()).isEqualTo("checkout");
    assertThat(edge.callee().service()).isEqualTo(service);
    assertThat(edge.callee().namespace()).isEqualTo(namespace);
  }

  @ParameterizedTest
  @CsvSource({
    "server_address, 10.0.0.7:8080",
    "server_address, '[fd00::7]:8080'",
    "server_address, localhost",
    "server_address, checkout",
    "peer_service, unknown",
    "method, GET"
  })
  void whatNamesNobodyElseIsNoCall(String label, String value) {
    assertThat(rules.of(client(label, value))).isNull();
  }

  @Test
  void otherMetricsTellOfNoCalls() {
    assertThat(CallRules.mayTell("http_requests_total")).isFalse();
    assertThat(rules.of(Labels.of("__name__", "up", "client", "a", "server", "b"))).isNull();
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
