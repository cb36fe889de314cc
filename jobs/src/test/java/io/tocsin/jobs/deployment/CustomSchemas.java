// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Schemas of the custom resources, as their operators install them. The repository does not have
 * them: the environment variable {@code TOCSIN_CRDS} names the directory of their
 * CustomResourceDefinitions; without it, one beside the checkout is looked for.
 */
final class CustomSchemas {
  private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V7);

  private static final Map<String, JsonSchema> SCHEMAS = new HashMap<>();

  private CustomSchemas() {}

  /** The schema of a manifest; null when it is of no custom kind. */
  static JsonSchema of(JsonNode manifest) throws IOException {
    return all().get(key(manifest.path("apiVersion").asText(), Manifests.kind(manifest)));
  }

  private static synchronized Map<String, JsonSchema> all() throws IOException {
    if (SCHEMAS.isEmpty()) {
      try (Stream<Path> files = Files.list(directory())) {
        for (Path file : files.toList()) {
          read(Checkout.yaml(Files.readString(file)));
        }
      }
    }
    return SCHEMAS;
  }

  private static Path directory() {
    String given = System.getenv("TOCSIN_CRDS");
    Path directory =
        given == null ? Checkout.ROOT.resolveSibling("shared").resolve("crds") : Path.of(given);
    if (Files.isDirectory(directory)) {
      return directory;
    }
    String missing =
        "%s is no directory of CustomResourceDefinitions; set TOCSIN_CRDS to one"
            .formatted(directory);
    return "true".equals(System.getenv("CI")) ? fail(missing) : abort(missing);
  }

  private static void read(List<JsonNode> definitions) {
    for (JsonNode definition : definitions) {
      String group = definition.at("/spec/group").asText();
      String kind = definition.at("/spec/names/kind").asText();
      for (JsonNode version : definition.at("/spec/versions")) {
        JsonNode schema = version.at("/schema/openAPIV3Schema");
        ObjectNode properties = (ObjectNode) schema.path("properties");
        // Every resource has these, whether its definition says so or not.
        List.of("apiVersion", "kind", "metadata").forEach(properties::withObjectProperty);
        refuseUnknown(schema);
        SCHEMAS.put(
            key(group + "/" + version.path("name").asText(), kind), FACTORY.getSchema(schema));
      }
    }
  }

  /** Kubernetes drops fields that the schema does not know; here they are errors. */
  private static void refuseUnknown(JsonNode schema) {
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    JsonNode properties = object.path("properties");
    boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    if (properties.isObject() && !object.has("additionalProperties") && !open) {
      object.put("additionalProperties", false);
    }
    properties.forEach(CustomSchemas::refuseUnknown);
    refuseUnknown(object.path("items"));
    refuseUnknown(object.path("additionalProperties"));
  }

  private static String key(String apiVersion, String kind) {
    return apiVersion + " " + kind;
  }
}
