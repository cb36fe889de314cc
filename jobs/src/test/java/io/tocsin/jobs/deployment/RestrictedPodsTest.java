// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Restricted profile of Kubernetes' Pod Security Standards, and a little more. */
final class RestrictedPodsTest {
  private static final Set<String> ALLOWED_VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  @ParameterizedTest
  @MethodSource("io.tocsin.jobs.deployment.Manifests#all")
  void podsFollowTheRestrictedProfile(String overlay) {
    List<Pods.Pod> pods = Pods.of(overlay);
    assertThat(pods).hasSize(4);
    for (Pods.Pod pod : pods) {
      JsonNode spec = pod.spec();
      for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
        assertThat(spec.path(host).asBoolean()).as("%s of %s", host, pod).isFalse();
      }
      assertThat(spec.findValues("hostPort")).as(pod.toString()).isEmpty();
      JsonNode context = spec.path("securityContext");
      assertThat(context.path("runAsNonRoot").asBoolean()).as(pod.toString()).isTrue();
      assertThat(context.path("runAsUser").asInt()).as(pod.toString()).isPositive();
      assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
      for (JsonNode volume : spec.path("volumes")) {
        volume
            .fieldNames()
            .forEachRemaining(field -> assertThat(field).isIn(with("name", ALLOWED_VOLUMES)));
      }
      assertThat(pod.containers()).as(pod.toString()).isNotEmpty();
      pod.containers().forEach(container -> assertRestricted(pod, container));
    }
  }

  private static void assertRestricted(Pods.Pod pod, JsonNode container) {
    JsonNode context = container.path("securityContext");
    assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).as(pod.of()).isFalse();
    assertThat(context.path("privileged").asBoolean()).as(pod.of()).isFalse();
    assertThat(context.path("readOnlyRootFilesystem").asBoolean()).as(pod.of()).isTrue();
    assertThat(context.at("/capabilities/drop/0").asText()).as(pod.of()).isEqualTo("ALL");
    assertThat(context.at("/capabilities/add").isMissingNode()).as(pod.of()).isTrue();
    assertThat(context.has("runAsUser")).as(pod.of()).isFalse();
    assertThat(context.has("runAsNonRoot")).as(pod.of()).isFalse();
    assertThat(context.has("seccompProfile")).as(pod.of()).isFalse();
    // With a root that is read only, libraries need somewhere to unpack to.
    assertThat(container.path("volumeMounts").findValuesAsText("mountPath")).contains("/tmp");
  }

  private static Set<String> with(String one, Set<String> others) {
    Set<String> all = new TreeSet<>(others);
    all.add(one);
    return all;
  }
}
