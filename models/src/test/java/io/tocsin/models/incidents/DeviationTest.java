// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.FindingDraft;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.EntityLabels;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.Labels;
import org.junit.jupiter.api.Test;

/** About whom a finding is in a ranking; of calls, about both ends. */
class DeviationTest {
  private static final EntityRules ENTITIES = new EntityRules(EntityLabels.DEFAULTS);

  private static Departure departure(String metric, String... labels) {
    Labels series = Labels.of(labels).with(Labels.NAME, metric);
    return Deviation.of(
            new FindingDraft("id", Role.EVIDENCE, Story.START, 2)
                .labels(series)
                .entity(ENTITIES.of(series))
                .finding())
        .departure();
  }

  /** {@code caller > callee}, each with its namespace; the caller alone where there is no call. */
  private static String ends(String metric, String... labels) {
    Departure departure = departure(metric, labels);
    Entity peer = departure.peer();
    return text(departure.entity()) + (peer == null ? "" : " > " + text(peer));
  }

  private static String text(Entity entity) {
    return entity.namespace() + "/" + entity.subject();
  }

  @Test
  void eachEndOfAServiceGraphIsInItsOwnNamespace() {
    assertThat(
            ends(
                "traces_service_graph_request_client_seconds:p95",
                "client",
                "frontend",
                "client_k8s_namespace_name",
                "web",
                "server",
                "payments",
                "server_k8s_namespace_name",
                "shop"))
        .isEqualTo("web/frontend > shop/payments");
    assertThat(
            ends(
                "traces_service_graph_request_failed_total",
                "client",
                "frontend",
                "server",
                "payments"))
        .isEqualTo("/frontend > /payments");
  }

  @Test
  void aCallByNobodyWhoIsKnownIsAboutTheCallee() {
    assertThat(
            ends(
                "traces_service_graph_request_server_seconds:p95",
                "client",
                "user",
                "server",
                "frontend"))
        .isEqualTo("/frontend");
  }

  @Test
  void aCallToItselfIsItsOwn() {
    assertThat(
            ends(
                "traces_service_graph_request_server_seconds:p95",
                "client",
                "cart",
                "server",
                "cart"))
        .isEqualTo("/cart");
  }

  @Test
  void whatLeavesAProxyOfLinkerdIsACallAndWhatEntersItIsTheWorkloadsOwn() {
    String[] outbound = {
      "direction", "outbound",
      "namespace", "web",
      "deployment", "frontend",
      "dst_deployment", "payments",
      "dst_namespace", "shop"
    };
    assertThat(ends("response_latency_ms:p95", outbound)).isEqualTo("web/frontend > shop/payments");
    assertThat(ends("tcp_close_total", outbound)).isEqualTo("web/frontend > shop/payments");
    assertThat(
            ends(
                "response_latency_ms:p95",
                "direction",
                "inbound",
                "namespace",
                "shop",
                "deployment",
                "payments"))
        .isEqualTo("shop/payments");
  }

  @Test
  void aClientCallsWhomItsLabelsName() {
    String metric = "http_client_request_duration_seconds:p95";
    assertThat(
            ends(
                metric,
                "namespace",
                "web",
                "service",
                "frontend",
                "server_address",
                "payments.shop.svc"))
        .isEqualTo("web/frontend > shop/payments");
    assertThat(departure(metric, "namespace", "web", "service", "frontend").peer())
        .isEqualTo(Entity.NONE);
  }

  @Test
  void istiosCallersTellOfCallsAndItsCalleesOfThemselves() {
    String[] labels = {
      "source_workload", "frontend",
      "source_workload_namespace", "web",
      "destination_service_name", "payments",
      "destination_service_namespace", "shop",
      "reporter", "source"
    };
    String metric = "istio_request_duration_milliseconds:p95";
    assertThat(ends(metric, labels)).isEqualTo("web/frontend > shop/payments");
    labels[labels.length - 1] = "destination";
    assertThat(ends(metric, labels)).isEqualTo("shop/payments");
  }
}
