// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.quality.corpora.BadLineException;
import io.tocsin.benchmarks.quality.corpora.Source;
import io.tocsin.benchmarks.quality.corpora.Timestamps;
import io.tocsin.benchmarks.quality.logs.Csv;
import io.tocsin.models.changes.Change;
import io.tocsin.models.topology.CallEdge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plain layout, for failures of one's own: a directory for each, with {@code case.json}
 * and {@code metrics.csv}, and, where there are any, {@code logs.csv}, {@code edges.csv} and {@code
 * changes.csv}. The benchmarks' README says what is in them.
 */
final class PlainReader {
  private static final long MINUTE = 60_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Source source;

  private PlainReader(Path root) {
    source = new Source(root);
  }

  /** A corpus of the directory's name; null when there is nothing of the kind. */
  static @Nullable FailureCorpus read(Path root) {
    PlainReader reader = new PlainReader(root);
    List<FailureCase> failures = new ArrayList<>();
    List<FailureCase> normal = new ArrayList<>();
    List<Path> directories = new ArrayList<>(Reading.directories(root));
    directories.add(root);
    for (Path each : directories) {
      if (Files.isRegularFile(each.resolve("case.json"))) {
        FailureCase read = reader.read(each, Reading.name(root));
        if (read != null) {
          boolean failed = !read.truth().equals(FailureCase.Truth.NOTHING);
          (failed ? failures : normal).add(read);
        }
      }
    }
    return failures.isEmpty() && normal.isEmpty() && reader.source.flaws().isEmpty()
        ? null
        : Reading.corpus(Reading.name(root), "plain", reader.source, failures, normal);
  }

  private @Nullable FailureCase read(Path directory, String system) {
    Path file = directory.resolve("case.json");
    try {
      CaseFile its = new CaseFile(JSON.readTree(source.text(file)));
      long time = its.time();
      List<CaseSeries> series =
          new ArrayList<>(SampleRows.read(source, directory.resolve("metrics.csv"), system));
      List<CaseLine> lines = lines(directory.resolve("logs.csv"), system);
      series.addAll(counts(lines));
      List<CallEdge> calls = calls(directory.resolve("edges.csv"), system);
      List<Change> changes = changes(directory.resolve("changes.csv"), system);
      long from = series.stream().mapToLong(each -> each.times()[0]).min().orElse(time);
      long last = series.stream().mapToLong(PlainReader::last).max().orElse(time);
      return new FailureCase(
          Reading.name(directory),
          its.kind(),
          series,
          lines,
          calls,
          changes,
          its.symptom(system),
          from,
          time,
          its.until(last + 1),
          its.truth());
    } catch (JsonProcessingException e) {
      source.flaw(file, e.getLocation().getLineNr(), "is no JSON: " + e.getOriginalMessage());
    } catch (BadLineException e) {
      source.flaw(file, 0, String.valueOf(e.getMessage()));
    }
    return null;
  }

  private static long last(CaseSeries series) {
    return series.times()[series.times().length - 1];
  }

  /** A row of a table and where it stands. */
  private interface RowReader {
    void read(List<String> fields) throws BadLineException;
  }

  private void rows(Path file, int columns, RowReader reader) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    Csv csv = new Csv(source.text(file));
    boolean head = true;
    while (csv.hasNext()) {
      Csv.Row row = csv.next();
      boolean blank = row.fields().size() == 1 && row.fields().get(0).isBlank();
      if (!head && !blank) {
        try {
          if (row.fields().size() != columns || !row.closed()) {
            throw new BadLineException(
                "there are %d columns, not %d".formatted(row.fields().size(), columns));
          }
          reader.read(row.fields());
        } catch (BadLineException e) {
          source.flaw(file, row.line(), String.valueOf(e.getMessage()));
        }
      }
      head = false;
    }
  }

  private List<CaseLine> lines(Path file, String system) {
    List<CaseLine> lines = new ArrayList<>();
    rows(
        file,
        3,
        fields ->
            lines.add(
                new CaseLine(
                    Timestamps.parse(fields.get(0)),
                    Reading.service(system, fields.get(1)),
                    fields.get(2))));
    lines.sort(Comparator.comparingLong(CaseLine::time));
    return lines;
  }

  private static List<CaseSeries> counts(List<CaseLine> lines) {
    PatternCounts counts = new PatternCounts();
    lines.forEach(
        line ->
            counts.add(line.entity(), Math.floorDiv(line.time(), MINUTE) * MINUTE, line.text()));
    return counts.series();
  }

  private List<CallEdge> calls(Path file, String system) {
    List<CallEdge> calls = new ArrayList<>();
    rows(
        file,
        2,
        fields -> {
          CallEdge call =
              new CallEdge(
                  Reading.service(system, fields.get(0)), Reading.service(system, fields.get(1)));
          if (call.toItself()) {
            throw new BadLineException("\"%s\" calls itself".formatted(fields.get(0)));
          }
          calls.add(call);
        });
    return calls;
  }

  private List<Change> changes(Path file, String system) {
    List<Change> changes = new ArrayList<>();
    rows(
        file,
        5,
        fields ->
            changes.add(
                new Change(
                    fields.get(1),
                    Timestamps.parse(fields.get(0)),
                    fields.get(2),
                    Reading.service(system, fields.get(3)),
                    fields.get(4),
                    "",
                    "",
                    "")));
    return changes;
  }
}
