// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every manifest of every overlay, against what Kubernetes and the operators would say. */
final class ManifestsTest {
  private static final String ALL = "io.tocsin.jobs.deployment.Manifests#all";

  /** What the runbook has somebody create, and what Strimzi creates. */
  private static final Set<String> FOREIGN_SECRETS =
      Set.of("tocsin-gateway-token", "tocsin-storage", "kafka-cluster-ca-cert", "tocsin-chat");

  @ParameterizedTest
  @MethodSource(ALL)
  void customResourcesFollowTheirSchemas(String overlay) throws Exception {
    for (JsonNode manifest : Manifests.of(overlay)) {
      if (!CoreTypes.knows(manifest)) {
        JsonSchema schema = CustomSchemas.of(manifest);
        assertThat(schema).as("schema of %s %s", overlay, described(manifest)).isNotNull();
        assertThat(schema.validate(manifest)).as("%s %s", overlay, described(manifest)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void kubernetesKnowsEveryFieldOfItsOwnTypesAndOfPods(String overlay) throws Exception {
    int read = 0;
    for (JsonNode manifest : Manifests.of(overlay)) {
      if (CoreTypes.knows(manifest)) {
        CoreTypes.read(manifest);
        read++;
      }
    }
    for (Pods.Pod pod : Pods.of(overlay)) {
      CoreTypes.readPod(pod.template());
    }
    assertThat(read).isGreaterThan(10);
  }

  @Test
  void whatIsUnknownOrMisspeltIsNoticed() throws Exception {
    ObjectNode service = Manifests.of("overlays/local", "Service").get(0).deepCopy();
    ((ObjectNode) service.path("spec")).put("typ", "ClusterIP");
    assertThatThrownBy(() -> CoreTypes.read(service)).hasMessageContaining("typ");

    ObjectNode job = Manifests.of("overlays/local", "FlinkDeployment").get(0).deepCopy();
    JsonSchema schema = CustomSchemas.of(job);
    ((ObjectNode) job.at("/spec/job")).put("paralelism", 2).put("state", "runing");
    assertThat(schema.validate(job)).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void allIsInOneNamespaceAndNamedOnce(String overlay) {
    List<JsonNode> manifests = Manifests.of(overlay);
    assertThat(manifests.stream().map(ManifestsTest::described)).doesNotHaveDuplicates();
    for (JsonNode manifest : manifests) {
      if (!Manifests.kind(manifest).equals("Namespace")) {
        assertThat(manifest.at("/metadata/namespace").asText()).isEqualTo("tocsin");
      }
      assertThat(manifest.at("/metadata/labels/app.kubernetes.io~1part-of").asText())
          .as(described(manifest))
          .isIn("tocsin", Manifests.kind(manifest).equals("ConfigMap") ? "" : "tocsin");
    }
    for (JsonNode subject : Manifests.of(overlay, "RoleBinding", "tocsin-jobs").path("subjects")) {
      assertThat(subject.path("namespace").asText()).isEqualTo("tocsin");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatPodsReferToIsThere(String overlay) throws Exception {
    assertThat(Checkout.text("k8s/flink-operator/README.md")).contains(FOREIGN_SECRETS);
    Set<String> secrets = names(overlay, "KafkaUser");
    secrets.addAll(FOREIGN_SECRETS);
    for (Pods.Pod pod : Pods.of(overlay)) {
      JsonNode spec = pod.spec();
      assertThat(spec.findValuesAsText("secretName")).isSubsetOf(secrets);
      for (JsonNode reference : spec.findValues("secretRef")) {
        assertThat(reference.path("name").asText()).isIn(secrets);
      }
      for (JsonNode reference : spec.findValues("configMap")) {
        assertThat(reference.path("name").asText()).isIn(names(overlay, "ConfigMap"));
      }
      assertThat(spec.findValuesAsText("claimName"))
          .isSubsetOf(names(overlay, "PersistentVolumeClaim"));
      List<String> volumes = spec.path("volumes").findValuesAsText("name");
      for (JsonNode mounts : spec.findValues("volumeMounts")) {
        assertThat(volumes).containsAll(mounts.findValuesAsText("name"));
      }
    }
    for (JsonNode job : FlinkManifests.of(overlay)) {
      assertThat(FlinkManifests.spec(job).path("serviceAccount").asText())
          .isIn(names(overlay, "ServiceAccount"));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void secretsAreReferredToAndNeverWritten(String overlay) {
    assertThat(Manifests.of(overlay, "Secret")).isEmpty();
    for (JsonNode map : Manifests.of(overlay, "ConfigMap")) {
      map.path("data")
          .properties()
          .forEach(
              file ->
                  assertThat(file.getValue().asText().lines())
                      .filteredOn(line -> line.matches("(?i).*(password|token|jaas)[a-z.]*:.*"))
                      .allMatch(line -> line.contains("${file:")));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void podsAreSelectedByWhatIsMeantToSelectThem(String overlay) {
    List<JsonNode> selectors =
        Manifests.of(overlay).stream()
            .filter(one -> !Manifests.kind(one).equals("ConfigMap"))
            .flatMap(one -> one.findValues("matchLabels").stream())
            .filter(one -> !one.has("kubernetes.io/metadata.name") && !one.has("k8s-app"))
            .toList();
    assertThat(selectors).hasSizeGreaterThan(8);
    for (JsonNode selector : selectors) {
      assertThat(Pods.of(overlay)).anyMatch(pod -> has(pod, selector));
    }
    Manifests.of(overlay, "Service")
        .forEach(
            service ->
                assertThat(Pods.of(overlay))
                    .anyMatch(pod -> has(pod, service.at("/spec/selector"))));
  }

  private static boolean has(Pods.Pod pod, JsonNode labels) {
    return labels.properties().stream()
        .allMatch(
            label ->
                label.getValue().equals(pod.template().at("/metadata/labels").get(label.getKey())));
  }

  private static Set<String> names(String overlay, String kind) {
    Set<String> names = new TreeSet<>();
    Manifests.of(overlay, kind).forEach(one -> names.add(Manifests.name(one)));
    return names;
  }

  private static String described(JsonNode manifest) {
    return Manifests.kind(manifest) + " " + Manifests.name(manifest);
  }
}
