// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tocsin.benchmarks.report.Machine;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.benchmarks.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON file of all figures, flat by name, and where those of each part come from. A part that
 * is run again takes the place of what it said before; the others stay.
 */
final class PipelineFile {
  private final Map<Part, Origin> origins = new EnumMap<>(Part.class);
  private final Map<Part, Map<String, Double>> figures = new EnumMap<>(Part.class);

  /**
   * How figures came about.
   *
   * @param command that measured them
   * @param at when
   * @param load of the machine by others, as {@link Machine} says
   * @param flags of the virtual machine that measured
   */
  record Origin(
      String command, String at, String commit, int cores, double load, String jvm, String flags) {
    static Origin of(String command, Machine machine) {
      return new Origin(
          command,
          machine.at().toString(),
          machine.commit(),
          machine.cores(),
          machine.load(),
          machine.jvm(),
          machine.flags());
    }

    /** As a sentence in Markdown. */
    String text() {
      return "`%s` at %s, commit %s, %d cores, load %s, %s, `%s`"
          .formatted(command, at, commit, cores, load, jvm, flags);
    }

    private static Origin read(JsonNode node) {
      return new Origin(
          node.path("command").asText(),
          node.path("at").asText(),
          node.path("commit").asText(),
          node.path("cores").asInt(),
          node.path("load").asDouble(),
          node.path("jvm").asText(),
          node.path("flags").asText());
    }
  }

  /** What a file says; nothing when there is none. */
  static PipelineFile read(Path file) throws IOException {
    PipelineFile read = new PipelineFile();
    if (!Files.exists(file)) {
      return read;
    }
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    for (Part part : Part.values()) {
      JsonNode node = json.path("parts").path(part.toString());
      if (!node.isMissingNode()) {
        Map<String, Double> ofPart = new LinkedHashMap<>();
        node.path("figures")
            .forEach(
                name ->
                    ofPart.put(name.asText(), json.path("figures").path(name.asText()).asDouble()));
        read.put(part, Origin.read(node.path("origin")), ofPart);
      }
    }
    return read;
  }

  /** Takes in all of a run that is valid. */
  void putAll(Results results, Origin origin) {
    for (Part part : Part.values()) {
      if (results.isValid(part)) {
        put(part, origin, results.of(part));
      }
    }
  }

  private void put(Part part, Origin origin, Map<String, Double> ofPart) {
    Map<String, Double> rounded = new LinkedHashMap<>();
    ofPart.forEach((name, value) -> rounded.put(name, Report.rounded(value)));
    origins.put(part, origin);
    figures.put(part, rounded);
  }

  /** All figures by name. */
  Map<String, Double> figures() {
    Map<String, Double> all = new LinkedHashMap<>();
    figures.values().forEach(all::putAll);
    return all;
  }

  /** Where the figures come from, as Markdown, one line for each run. */
  String originText() {
    Map<String, String> parts = new LinkedHashMap<>();
    origins.forEach(
        (part, origin) -> parts.merge(origin.text(), part.toString(), (a, b) -> a + ", " + b));
    StringBuilder text = new StringBuilder();
    parts.forEach((origin, names) -> text.append(names).append(": ").append(origin).append("\n\n"));
    return text.toString();
  }

  /** Writes all, as a whole. */
  void write(Path file) throws IOException {
    Map<String, Object> parts = new LinkedHashMap<>();
    origins.forEach(
        (part, origin) ->
            parts.put(
                part.toString(),
                Map.of(
                    "origin",
                    origin,
                    "figures",
                    List.copyOf(figures.getOrDefault(part, Map.of()).keySet()))));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("benchmark", "pipeline");
    all.put("figures", figures());
    all.put("parts", parts);
    ObjectMapper mapper =
        new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    WholeFile.write(file, mapper.writeValueAsString(all) + "\n");
  }
}
