// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The pods that manifests describe. */
final class Pods {
  private Pods() {}

  /**
   * A pod.
   *
   * @param of what describes it
   * @param template its metadata and spec
   */
  record Pod(String of, JsonNode template) {
    JsonNode spec() {
      return template.path("spec");
    }

    List<JsonNode> containers() {
      List<JsonNode> all = new ArrayList<>();
      spec().path("containers").forEach(all::add);
      spec().path("initContainers").forEach(all::add);
      return all;
    }

    @Override
    public String toString() {
      return of;
    }
  }

  static List<Pod> of(String overlay) {
    List<Pod> pods = new ArrayList<>();
    for (JsonNode manifest : Manifests.of(overlay)) {
      String of = Manifests.kind(manifest) + " " + Manifests.name(manifest);
      switch (Manifests.kind(manifest)) {
        case "Deployment" -> pods.add(new Pod(of, manifest.at("/spec/template")));
        case "FlinkDeployment", "FlinkBlueGreenDeployment" ->
            pods.add(new Pod(of, FlinkManifests.spec(manifest).path("podTemplate")));
        default -> {}
      }
    }
    return pods;
  }
}
