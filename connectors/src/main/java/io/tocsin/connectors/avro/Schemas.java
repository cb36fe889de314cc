// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The schemas of all record types, today's and those of earlier releases. */
final class Schemas {
  /** In the order in which they refer to each other. */
  private static final List<String> NAMES =
      List.of(
          "Entity",
          "Direction",
          "Contribution",
          "ChangedParameter",
          "LogEvidence",
          "Finding",
          "Progress",
          "Change",
          "CallEdge",
          "SeenEdge",
          "ObjectLink",
          "Feedback",
          "Evidence",
          "Suspect",
          "Cleared",
          "Member",
          "News",
          "Grouping",
          "Incident",
          "Alert",
          "DeadLetter",
          "LogPattern");

  /**
   * Releases of which at least one schema differs from today's, while its records may still be in a
   * topic or in state. The differing schemas stand under {@code earlier/RELEASE/}, whole.
   */
  private static final List<String> EARLIER_RELEASES = List.of("0.1.0");

  private static final Map<String, Schema> TODAY = today();

  private Schemas() {}

  /** Today's schema of a type, by its simple name. */
  static Schema of(String name) {
    return Objects.requireNonNull(TODAY.get(name), name);
  }

  /** Schemas of the type that earlier releases wrote and today's does not equal. */
  static List<Schema> earlier(String name) {
    List<Schema> schemas = new ArrayList<>();
    for (String release : EARLIER_RELEASES) {
      String text = read("earlier/" + release + "/" + name);
      if (text != null) {
        schemas.add(new Schema.Parser().parse(text));
      }
    }
    return schemas;
  }

  private static Map<String, Schema> today() {
    Map<String, Schema> schemas = new HashMap<>();
    Schema.Parser parser = new Schema.Parser();
    for (String name : NAMES) {
      schemas.put(name, parser.parse(Objects.requireNonNull(read(name), name)));
    }
    return Map.copyOf(schemas);
  }

  private static @Nullable String read(String name) {
    try (InputStream in = Schemas.class.getResourceAsStream("/avro/" + name + ".avsc")) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the schema of " + name + " cannot be read", e);
    }
  }
}
