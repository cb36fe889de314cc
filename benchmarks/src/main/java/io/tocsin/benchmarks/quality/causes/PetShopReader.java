// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.quality.corpora.Source;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads PetShop (Hardt et al., 2023): a graph of calls, days without an issue, and issues of a few
 * samples of five minutes each. The days are moved by whole days to end before each issue. Their
 * second half also gives the normal windows, each judged by what came before it.
 */
final class PetShopReader {
  private static final String SYSTEM = "petshop";
  private static final String ERRORS = "errors";
  private static final int HEAD = 4;
  private static final long DAY = 86_400_000;
  private static final long STEP = 300_000;
  private static final int WINDOW = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Source source;
  private final Path directory;
  private final Columns history;
  private final List<CallEdge> calls;

  private PetShopReader(Source source, Path directory) {
    this.source = source;
    this.directory = directory;
    history = columns(directory.resolve("noissue").resolve("metrics.csv"));
    calls = calls(directory.resolve("graph.csv"));
  }

  /** The columns of a file: what each is about, and its samples. */
  private record Columns(List<String> nodes, List<String> metrics, SampleTable table) {
    int indexOf(String node, String metric) {
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i).equals(node) && metrics.get(i).equals(metric)) {
          return i;
        }
      }
      return -1;
    }
  }

  /** Null when there is nothing of the kind. */
  static @Nullable FailureCorpus read(Path root) {
    Source source = new Source(root);
    List<FailureCase> failures = new ArrayList<>();
    List<FailureCase> normal = new ArrayList<>();
    for (Path directory : candidates(root)) {
      PetShopReader reader = new PetShopReader(source, directory);
      for (String part : List.of("train", "test")) {
        for (Path issue : Reading.directories(directory.resolve(part))) {
          reader.add(failures, issue);
        }
      }
      reader.addNormal(normal);
    }
    return failures.isEmpty()
        ? null
        : Reading.corpus("petshop", "PetShop", source, failures, normal);
  }

  private static List<Path> candidates(Path root) {
    List<Path> all = new ArrayList<>();
    for (Path parent : List.of(root, root.resolve("dataset"))) {
      for (Path each : Reading.directories(parent)) {
        if (Files.isRegularFile(each.resolve("graph.csv"))) {
          all.add(each);
        }
      }
    }
    if (Files.isRegularFile(root.resolve("graph.csv"))) {
      all.add(root);
    }
    return all;
  }

  private Columns columns(Path file) {
    List<String> lines = source.lines(file);
    if (lines.size() <= HEAD) {
      source.flaw(file, 0, "holds no samples below a head of %d lines".formatted(HEAD));
      SampleTable none = new SampleTable(List.of(), new long[0], new double[0][]);
      return new Columns(List.of(), List.of(), none);
    }
    List<String> nodes = Source.fields(lines.get(0));
    List<String> kinds = Source.fields(lines.get(1));
    List<String> statistics = Source.fields(lines.get(2));
    List<String> metrics = new ArrayList<>();
    for (int i = 1; i < nodes.size(); i++) {
      metrics.add(metric(kinds.get(i), statistics.get(i)));
    }
    List<String> rows = new ArrayList<>(lines.subList(HEAD - 1, lines.size()));
    for (int i = 1; i < rows.size(); i++) {
      rows.set(i, rows.get(i).replaceFirst("\\.0*,", ","));
    }
    SampleTable table = SampleTable.read(source, file, rows, 0);
    return new Columns(nodes.subList(1, nodes.size()), metrics, table);
  }

  private List<CallEdge> calls(Path file) {
    List<CallEdge> all = new ArrayList<>();
    List<String> lines = source.lines(file);
    List<String> head = lines.isEmpty() ? List.of() : Source.fields(lines.get(0));
    for (int i = 1; i < lines.size(); i++) {
      List<String> fields = Source.fields(lines.get(i));
      for (int j = 1; j < Math.min(fields.size(), head.size()); j++) {
        if (fields.get(j).startsWith("1")) {
          all.add(new CallEdge(node(fields.get(0)), node(head.get(j))));
        }
      }
    }
    return all;
  }

  private static Entity node(String name) {
    return Reading.service(SYSTEM, name);
  }

  private void add(List<FailureCase> failures, Path issue) {
    Path target = issue.resolve("target.json");
    try {
      JsonNode json = JSON.readTree(source.text(target));
      String node = json.path("target").path("node").asText();
      String kind = json.path("target").path("metric").asText();
      String metric = metric(kind, json.path("target").path("agg").asText());
      Columns since = columns(issue.resolve("metrics.csv"));
      long begin = json.path("target").path("timestamp").asLong() * 1000;
      long end = history.table().times()[history.table().times().length - 1] + STEP;
      long shift = Math.floorDiv(begin - end, DAY) * DAY;
      failures.add(
          new FailureCase(
              Reading.name(Objects.requireNonNull(issue.getParent())) + "/" + Reading.name(issue),
              kind,
              joined(history.table().times().length, shift, since),
              List.of(),
              calls,
              List.of(),
              new FailureCase.Symptom(node(node), metric),
              history.table().times()[0] + shift,
              begin,
              since.table().times()[since.table().times().length - 1] + STEP,
              new FailureCase.Truth(
                  Set.of(json.path("root_cause").path("node").asText()), Set.of(), null)));
    } catch (JsonProcessingException e) {
      source.flaw(target, 0, "is no JSON: " + e.getOriginalMessage());
    }
  }

  /** All series of the first rows of the days without an issue, then of what came since. */
  private List<CaseSeries> joined(int rows, long shift, Columns since) {
    List<CaseSeries> all = new ArrayList<>();
    SampleTable table = history.table();
    for (int i = 0; i < history.nodes().size(); i++) {
      Samples samples = new Samples();
      for (int row = 0; row < rows; row++) {
        samples.add(
            table.times()[row] + shift, errors(history.metrics().get(i), table.rows()[row][i]));
      }
      int same = since.indexOf(history.nodes().get(i), history.metrics().get(i));
      if (same >= 0) {
        for (int row = 0; row < since.table().times().length; row++) {
          samples.add(
              since.table().times()[row],
              errors(history.metrics().get(i), since.table().rows()[row][same]));
        }
      }
      String metric = history.metrics().get(i);
      all.add(series(node(history.nodes().get(i)), metric, samples));
    }
    return all;
  }

  /** What X-Ray calls remote has no telemetry of its own: it is seen where it is called. */
  private CaseSeries series(Entity node, String metric, Samples samples) {
    if (node.service().endsWith("_remote")) {
      for (CallEdge call : calls) {
        if (call.callee().equals(node)) {
          return samples.calls(call.caller(), node, metric);
        }
      }
    }
    return samples.metric(node, metric, !metric.startsWith("req"));
  }

  /** Of what is available is read what is missing, since that is zero where nothing is. */
  private static String metric(String kind, String statistic) {
    return (kind.equals("availability") ? ERRORS : kind) + ":" + statistic;
  }

  private static double errors(String metric, double value) {
    return metric.startsWith(ERRORS) ? 100 - value : value;
  }

  private void addNormal(List<FailureCase> normal) {
    SampleTable table = history.table();
    int rows = table.times().length;
    for (int begin = rows / 2; begin + WINDOW <= rows; begin += WINDOW) {
      SampleTable window =
          new SampleTable(
              table.columns(),
              Arrays.copyOfRange(table.times(), begin, begin + WINDOW),
              Arrays.copyOfRange(table.rows(), begin, begin + WINDOW));
      Columns since = new Columns(history.nodes(), history.metrics(), window);
      List<CaseSeries> series = joined(begin, 0, since);
      for (String kind : List.of("latency", "availability")) {
        normal.add(
            new FailureCase(
                Reading.name(directory) + "/" + begin,
                kind,
                series,
                List.of(),
                calls,
                List.of(),
                new FailureCase.Symptom(node("PetSite"), metric(kind, "Average")),
                table.times()[0],
                window.times()[0],
                window.times()[WINDOW - 1] + STEP,
                FailureCase.Truth.NOTHING));
      }
    }
  }
}
