// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.jobs.realinput.DebianProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What {@code kubectl kustomize} makes of the overlays and variants; each is rendered once. */
final class Manifests {
  private static final String HOME = "k8s/flink-operator/";
  private static final Map<String, List<JsonNode>> RENDERED = new ConcurrentHashMap<>();

  private Manifests() {}

  /** All that can be applied. */
  static Stream<String> all() {
    return Stream.of(
        "overlays/local",
        "overlays/production",
        "variants/blue-green",
        "variants/keda",
        "variants/otlp");
  }

  static List<JsonNode> of(String overlay) {
    return RENDERED.computeIfAbsent(overlay, Manifests::render);
  }

  static List<JsonNode> of(String overlay, String kind) {
    return of(overlay).stream().filter(one -> kind(one).equals(kind)).toList();
  }

  /** The one of this kind and name. */
  static JsonNode of(String overlay, String kind, String name) {
    List<JsonNode> found =
        of(overlay, kind).stream().filter(one -> name(one).equals(name)).toList();
    assertThat(found).as("%s %s in %s", kind, name, overlay).hasSize(1);
    return found.get(0);
  }

  static String kind(JsonNode manifest) {
    return manifest.path("kind").asText();
  }

  static String name(JsonNode manifest) {
    return manifest.at("/metadata/name").asText();
  }

  private static List<JsonNode> render(String overlay) {
    String kubectl = DebianProgram.KUBECTL.path();
    try {
      return Checkout.yaml(
          Program.run(kubectl, "kustomize", Checkout.file(HOME + overlay).toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
