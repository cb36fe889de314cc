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

class LinkRulesTest {
  private final LinkRules rules = new LinkRules(new EntityRules(EntityLabels.DEFAULTS));

  @ParameterizedTest
  @CsvSource({
    "kube_pod_owner, pod, Pod",
    "kube_replicaset_owner, replicaset, ReplicaSet",
    "kube_replicationcontroller_owner, replicationcontroller, ReplicationController",
    "kube_job_owner, job_name, Job"
  })
  void anOwnerSeriesNamesTheObjectAndItsOwner(String metric, String label, String kind) {
    assertThat(
            told(
                metric,
                label,
                "checkout-5d4f8c7b9",
                "owner_kind",
                "Rollout",
                "owner_name",
                "checkout",
                "owner_is_controller",
                "true"))
        .isEqualTo(
            new ObjectLink(
                new KubeObject("eu", "shop", kind, "checkout-5d4f8c7b9"),
                "Rollout",
                "checkout",
                7));
    assertThat(LinkRules.mayTell(metric)).isTrue();
  }

  @Test
  void aPodsInfoNamesItsNodeOnceItHasOne() {
    ObjectLink link = told("kube_pod_info", "pod", "db-0", "node", "node-1", "host_ip", "10.0.0.1");
    assertThat(link).isEqualTo(new ObjectLink(pod("db-0"), KubeObject.NODE, "node-1", 7));
    assertThat(told("kube_pod_info", "pod", "db-0")).isNull();
    assertThat(told("kube_pod_info", "pod", "db-0", "node", "<none>")).isNull();
  }

  @Test
  void whoHasNoOwnerIsToldByEmptyLabelsOrByOnesThatSayNone() {
    ObjectLink none = new ObjectLink(pod("debug"), "", "", 7);
    assertThat(told("kube_pod_owner", "pod", "debug")).isEqualTo(none);
    assertThat(
            told(
                "kube_pod_owner",
                "pod",
                "debug",
                "owner_kind",
                "<none>",
                "owner_name",
                "<none>",
                "owner_is_controller",
                "<none>"))
        .isEqualTo(none);
  }

  @Test
  void anOwnerThatDoesNotControlIsNone() {
    assertThat(
            told(
                "kube_pod_owner",
                "pod",
                "db-0",
                "owner_kind",
                "Backup",
                "owner_name",
                "b",
                "owner_is_controller",
                "false"))
        .isNull();
  }

  @Test
  void labelsThatPrometheusMovedAreTheSubjects() {
    ObjectLink link =
        told(
            "kube_pod_info",
            "pod",
            "kube-state-metrics-0",
            "exported_pod",
            "db-0",
            "exported_namespace",
            "money",
            "node",
            "node-1");
    assertThat(link.object()).isEqualTo(KubeObject.pod("eu", "money", "db-0"));
  }

  @Test
  void otherSeriesTellNothing() {
    assertThat(LinkRules.mayTell("kube_pod_status_phase")).isFalse();
    assertThat(told("kube_pod_status_phase", "pod", "db-0")).isNull();
  }

  private ObjectLink told(String metric, String... labels) {
    Labels series =
        Labels.of(labels).with(Labels.NAME, metric).with("namespace", "shop").with("cluster", "eu");
    return rules.of(series, 7);
  }

  private static KubeObject pod(String name) {
    return KubeObject.pod("eu", "shop", name);
  }
}
