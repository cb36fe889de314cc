// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.quality.corpora.BadLineException;
import io.tocsin.benchmarks.quality.corpora.Source;
import io.tocsin.benchmarks.quality.corpora.Timestamps;
import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads RootCauseBench (Edge Delta): frozen incidents with an alert, metrics, lines, spans, deploys
 * and flags, and the commit that caused each, if one did. A commit counts as named when the deploy
 * that names it is. What is looked at ends when the alert fires.
 */
final class RootCauseBenchReader {
  static final String LAYOUT = "RootCauseBench";
  private static final long MINUTE = 60_000;

  /** Nobody says when it began: of what there is up to the alert, this part counts as usual. */
  private static final int USUAL_PART = 8;

  private static final String NONE = "none";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Source source;

  private RootCauseBenchReader(Path root) {
    source = new Source(root);
  }

  /** Null when there is nothing of the kind. */
  static @Nullable FailureCorpus read(Path root) {
    RootCauseBenchReader reader = new RootCauseBenchReader(root);
    List<FailureCase> failures = new ArrayList<>();
    for (Path parent : List.of(root, root.resolve("datasets").resolve("rootcausebench"))) {
      for (Path incident : Reading.directories(parent)) {
        if (Files.isRegularFile(incident.resolve("tests").resolve("ground_truth.json"))) {
          reader.add(failures, incident);
        }
      }
    }
    return failures.isEmpty()
        ? null
        : Reading.corpus("rootcausebench", LAYOUT, reader.source, failures, List.of());
  }

  private void add(List<FailureCase> failures, Path incident) {
    Path data = incident.resolve("environment").resolve("data");
    String system = Reading.name(incident);
    try {
      JsonNode alert = JSON.readTree(source.text(data.resolve("alert.json")));
      JsonNode truth = JSON.readTree(source.text(incident.resolve("tests/ground_truth.json")));
      long fired = Timestamps.parse(alert.path("fired_at").asText());
      List<CaseSeries> series =
          new ArrayList<>(SampleRows.read(source, data.resolve("metrics.csv"), system));
      series.addAll(lines(data.resolve("logs.ndjson"), system));
      String service = alert.path("service").asText();
      long from = series.stream().mapToLong(each -> each.times()[0]).min().orElse(fired);
      failures.add(
          new FailureCase(
              system,
              "incident",
              series,
              List.of(),
              calls(data.resolve("traces.json"), system),
              changes(data.resolve("context"), system),
              new FailureCase.Symptom(
                  Reading.service(system, service), alert.path("metric").asText()),
              from,
              from + (fired - from) / USUAL_PART,
              fired,
              truth(truth)));
    } catch (JsonProcessingException e) {
      source.flaw(incident, 0, "holds what is no JSON: " + e.getOriginalMessage());
    } catch (BadLineException e) {
      source.flaw(incident, 0, String.valueOf(e.getMessage()));
    }
  }

  private static FailureCase.Truth truth(JsonNode truth) {
    String culprit = truth.path("root_cause_commit").asText();
    return new FailureCase.Truth(
        Set.of(truth.path("first_failing_service").asText()),
        Set.of(),
        culprit.equals(NONE) ? "" : culprit);
  }

  private List<CaseSeries> lines(Path file, String system) throws BadLineException {
    PatternCounts counts = new PatternCounts();
    List<String> lines = source.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      try {
        JsonNode line = JSON.readTree(lines.get(i));
        long time = Timestamps.parse(line.path("timestamp").asText());
        Entity entity = Reading.service(system, line.path("service").asText());
        String text = line.path("severity_text").asText() + " " + line.path("msg").asText();
        counts.add(entity, Math.floorDiv(time, MINUTE) * MINUTE, text);
      } catch (JsonProcessingException e) {
        source.flaw(file, i + 1, "is no JSON: " + e.getOriginalMessage());
      }
    }
    return counts.series();
  }

  private List<CallEdge> calls(Path file, String system) throws JsonProcessingException {
    JsonNode spans = JSON.readTree(source.text(file));
    Map<String, String> services = new HashMap<>();
    spans.forEach(span -> services.put(id(span, "span_id"), span.path("service").asText()));
    Set<CallEdge> calls = new TreeSet<>(CallEdge.ORDER);
    for (JsonNode span : spans) {
      String caller = services.get(id(span, "parent_id"));
      String callee = span.path("service").asText();
      if (caller != null && !caller.equals(callee)) {
        calls.add(new CallEdge(Reading.service(system, caller), Reading.service(system, callee)));
      }
    }
    return List.copyOf(calls);
  }

  private static String id(JsonNode span, String field) {
    return span.path("trace_id").asText() + "/" + span.path(field).asText();
  }

  private List<Change> changes(Path context, String system)
      throws JsonProcessingException, BadLineException {
    Map<String, JsonNode> commits = new HashMap<>();
    for (JsonNode each : JSON.readTree(source.text(context.resolve("commits.json")))) {
      commits.put(each.path("sha").asText(), each);
    }
    List<Change> changes = new ArrayList<>();
    for (JsonNode each : JSON.readTree(source.text(context.resolve("deploys.json")))) {
      String sha = each.path("commit_sha").asText();
      JsonNode commit = commits.get(sha);
      String title = commit == null ? "" : commit.path("message").asText();
      changes.add(change(each, sha, "deploy", title, system));
    }
    for (JsonNode each : JSON.readTree(source.text(context.resolve("flags.json")))) {
      changes.add(
          change(
              each,
              "flag:" + each.path("flag").asText(),
              "flag",
              each.path("flag").asText() + " " + each.path("change").asText(),
              system));
    }
    return changes;
  }

  private static Change change(JsonNode of, String id, String kind, String title, String system)
      throws BadLineException {
    return new Change(
        id,
        Timestamps.parse(of.path("timestamp").asText()),
        kind,
        Reading.service(system, of.path("service").asText()),
        title,
        of.path("version").asText(),
        of.path("actor").asText(),
        "");
  }
}
