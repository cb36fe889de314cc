// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.connectors.topics.Topic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The topics and users that Strimzi is asked for. */
final class KafkaManifestsTest {
  private static final String ALL = "io.tocsin.jobs.deployment.Manifests#all";

  @ParameterizedTest
  @MethodSource(ALL)
  void topicsAreThoseOfTheCode(String overlay) {
    assertThat(Manifests.of(overlay, "KafkaTopic").stream().map(Manifests::name))
        .containsExactlyInAnyOrderElementsOf(topics());
    for (Topic topic : Topic.values()) {
      JsonNode spec = Manifests.of(overlay, "KafkaTopic", topic.topicName()).path("spec");
      assertThat(spec.path("partitions").asInt()).isEqualTo(topic.partitions());
      Map<String, String> said = new HashMap<>();
      spec.path("config")
          .properties()
          .forEach(entry -> said.put(entry.getKey(), entry.getValue().asText()));
      int mayLack =
          spec.path("replicas").asInt() - Integer.parseInt(said.remove("min.insync.replicas"));
      assertThat(mayLack).isEqualTo(overlay.equals("overlays/local") ? 0 : 1);
      assertThat(said).as(topic.topicName()).isEqualTo(topic.settings());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void usersMayDoWhatTheirPartsDoAndNoMore(String overlay) {
    assertThat(granted(overlay, "gateway", "Describe")).isEqualTo(new TreeSet<>(topics()));
    assertThat(granted(overlay, "gateway", "Write"))
        .isEqualTo(names(Topic.METRICS, Topic.LOGS, Topic.CHANGES, Topic.CONTROL));
    // What the incident page shows.
    assertThat(granted(overlay, "gateway", "Read"))
        .isEqualTo(names(Topic.INCIDENTS, Topic.FINDINGS, Topic.PATTERNS, Topic.METRICS));
    boolean traces = overlay.equals("variants/otlp");
    assertThat(resources(overlay, "gateway", "group", "Read"))
        .isEqualTo(traces ? Set.of("tocsin-gateway-traces") : Set.of());
    assertThat(granted(overlay, "metrics", "Read")).isEqualTo(names(Topic.METRICS));
    assertThat(granted(overlay, "metrics", "Write"))
        .isEqualTo(names(Topic.FINDINGS, Topic.TOPOLOGY, Topic.CHANGES, Topic.DEAD_LETTERS));
    assertThat(granted(overlay, "logs", "Read")).isEqualTo(names(Topic.LOGS));
    assertThat(granted(overlay, "logs", "Write"))
        .isEqualTo(names(Topic.FINDINGS, Topic.PATTERNS, Topic.DEAD_LETTERS));
    assertThat(granted(overlay, "incidents", "Read"))
        .isEqualTo(names(Topic.FINDINGS, Topic.CHANGES, Topic.TOPOLOGY, Topic.CONTROL));
    assertThat(granted(overlay, "incidents", "Write"))
        .isEqualTo(names(Topic.INCIDENTS, Topic.ALERTS, Topic.DEAD_LETTERS));
    for (JobSettings job : JobSettings.values()) {
      // What it looks at when it starts, whether it is there and fit.
      Set<String> seen = granted(overlay, job.word(), "Read");
      seen.addAll(granted(overlay, job.word(), "Write"));
      assertThat(granted(overlay, job.word(), "DescribeConfigs")).isEqualTo(seen);
      assertThat(granted(overlay, job.word(), "Describe")).isEqualTo(seen);
      assertThat(resources(overlay, job.word(), "group", "Read"))
          .containsExactly("tocsin-" + job.word());
    }
  }

  private static Set<String> granted(String overlay, String part, String operation) {
    return resources(overlay, part, "topic", operation);
  }

  private static Set<String> resources(String overlay, String part, String type, String operation) {
    Set<String> resources = new TreeSet<>();
    for (JsonNode acl :
        Manifests.of(overlay, "KafkaUser", "tocsin-" + part).at("/spec/authorization/acls")) {
      boolean holds = false;
      for (JsonNode each : acl.path("operations")) {
        holds |= each.asText().equals(operation);
      }
      if (holds && acl.at("/resource/type").asText().equals(type)) {
        resources.add(acl.at("/resource/name").asText());
      }
    }
    return resources;
  }

  private static Set<String> names(Topic... topics) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(topics).forEach(topic -> names.add(topic.topicName()));
    return names;
  }

  private static List<String> topics() {
    return Arrays.stream(Topic.values()).map(Topic::topicName).toList();
  }
}
