// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The jobs' manifests, whichever of the operator's kinds they are of. */
final class FlinkManifests {
  private FlinkManifests() {}

  static List<JsonNode> of(String overlay) {
    return Stream.of("FlinkDeployment", "FlinkBlueGreenDeployment")
        .flatMap(kind -> Manifests.of(overlay, kind).stream())
        .toList();
  }

  /** That of a job. */
  static JsonNode of(String overlay, String job) {
    return of(overlay).stream()
        .filter(one -> Manifests.name(one).equals("tocsin-" + job))
        .findFirst()
        .orElseThrow();
  }

  /** What is said of the Flink cluster. */
  static JsonNode spec(JsonNode manifest) {
    return Manifests.kind(manifest).equals("FlinkDeployment")
        ? manifest.path("spec")
        : manifest.at("/spec/template/spec");
  }

  static Map<String, String> configuration(JsonNode manifest) {
    Map<String, String> options = new TreeMap<>();
    spec(manifest)
        .path("flinkConfiguration")
        .properties()
        .forEach(option -> options.put(option.getKey(), option.getValue().asText()));
    return options;
  }
}
