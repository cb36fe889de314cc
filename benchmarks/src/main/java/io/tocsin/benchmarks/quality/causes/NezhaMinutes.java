// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.corpora.BadLineException;
import io.tocsin.benchmarks.quality.corpora.Source;
import io.tocsin.benchmarks.quality.corpora.Timestamps;
import io.tocsin.benchmarks.quality.logs.Csv;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines and spans of the minutes for which there are any. Of the minutes before a fault only those
 * count that belong to no fault: Tocsin freezes what it takes for usual while an incident lasts.
 */
final class NezhaMinutes {
  /** A fault's minutes: longer than any is, shorter than what lies between two. */
  private static final long FAULT = 200_000;

  private static final Pattern IDS =
      Pattern.compile(
          "TraceID: [0-9a-f]* SpanID: [0-9a-f]* |\\{\"log\":\"\\d\\d:\\d\\d:\\d\\d\\.\\d* ");
  private static final Pattern END = Pattern.compile("\\\\n\",\"stream\".*");

  private final Source source;
  private final String system;
  private final TreeMap<Long, List<Line>> lines = new TreeMap<>();
  private final TreeMap<Long, Map<Metric, List<Double>>> spans = new TreeMap<>();
  private final TreeSet<CallEdge> calls = new TreeSet<>(CallEdge.ORDER);

  private record Line(String time, Entity entity, String text) {}

  private record Metric(Entity entity, Entity peer, String name) {}

  private record Span(Entity entity, String operation, double duration) {}

  NezhaMinutes(Source source, String system) {
    this.source = source;
    this.system = system;
  }

  List<CallEdge> calls() {
    return List.copyOf(calls);
  }

  /** Reads all minutes of a day. */
  void read(Path day) {
    for (String what : List.of("log", "trace")) {
      Path directory = day.resolve(what);
      if (Files.isDirectory(directory)) {
        for (Path file : sorted(directory)) {
          if (what.equals("log")) {
            readLines(file);
          } else {
            readSpans(file);
          }
        }
      }
    }
  }

  private static List<Path> sorted(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Entity entity(String pod) {
    return Reading.service(system, NezhaReader.service(pod));
  }

  private void readLines(Path file) {
    List<Line> read = new ArrayList<>();
    Csv csv = new Csv(source.text(file));
    csv.next();
    while (csv.hasNext()) {
      List<String> fields = csv.next().fields();
      if (fields.size() >= 8) {
        String text = END.matcher(IDS.matcher(fields.get(7)).replaceAll("")).replaceAll("");
        read.add(new Line(fields.get(0), entity(fields.get(3)), text));
      }
    }
    read.sort(Comparator.comparing(Line::time));
    if (!read.isEmpty()) {
      put(file, read);
    }
  }

  private void put(Path file, List<Line> read) {
    try {
      lines.put(Timestamps.parse(read.get(0).time().substring(0, 19)), read);
    } catch (BadLineException e) {
      source.flaw(file, 0, String.valueOf(e.getMessage()));
    }
  }

  private void readSpans(Path file) {
    Map<String, Span> all = new HashMap<>();
    List<String[]> parents = new ArrayList<>();
    long begin = Long.MAX_VALUE;
    List<String> rows = source.lines(file);
    for (int i = 1; i < rows.size(); i++) {
      List<String> fields = Source.fields(rows.get(i));
      if (fields.size() == 8) {
        try {
          double duration = Source.number(fields.get(7));
          begin = Math.min(begin, (long) Source.number(fields.get(5)) / 1_000_000);
          all.put(fields.get(1), new Span(entity(fields.get(3)), fields.get(4), duration));
          parents.add(new String[] {fields.get(1), fields.get(2)});
        } catch (BadLineException e) {
          source.flaw(file, i + 1, String.valueOf(e.getMessage()));
        }
      }
    }
    Map<Metric, List<Double>> minute = new HashMap<>();
    for (String[] each : parents) {
      count(minute, all.get(each[0]), all.get(each[1]));
    }
    if (!minute.isEmpty()) {
      spans.put(begin, minute);
    }
  }

  private void count(Map<Metric, List<Double>> minute, @Nullable Span span, @Nullable Span parent) {
    if (span == null) {
      return;
    }
    Metric own = new Metric(span.entity(), Entity.NONE, "duration:" + span.operation());
    minute.computeIfAbsent(own, any -> new ArrayList<>()).add(span.duration());
    if (parent != null && !parent.entity().equals(span.entity())) {
      calls.add(new CallEdge(parent.entity(), span.entity()));
      Metric call = new Metric(parent.entity(), span.entity(), "calls:source");
      minute.computeIfAbsent(call, any -> new ArrayList<>()).add(parent.duration());
    }
  }

  /** The series of a fault: of its own minutes, and of those before that belong to no fault. */
  List<CaseSeries> series(long fault, List<Long> faults) {
    PatternCounts counts = new PatternCounts();
    lines.forEach(
        (begin, of) -> {
          if (counts(begin, fault, faults)) {
            counts.watched(begin);
            of.forEach(line -> counts.add(line.entity(), begin, line.text()));
          }
        });
    List<CaseSeries> all = new ArrayList<>(counts.series());
    Map<Metric, Samples> durations = new HashMap<>();
    spans.forEach(
        (begin, minute) -> {
          if (counts(begin, fault, faults)) {
            minute.forEach(
                (metric, values) ->
                    durations
                        .computeIfAbsent(metric, any -> new Samples())
                        .add(begin, percentile(values)));
          }
        });
    durations.forEach((metric, samples) -> all.add(series(metric, samples)));
    return all;
  }

  private static CaseSeries series(Metric metric, Samples samples) {
    return metric.peer().equals(Entity.NONE)
        ? samples.metric(metric.entity(), metric.name(), true)
        : samples.calls(metric.entity(), metric.peer(), metric.name());
  }

  private static boolean counts(long begin, long fault, List<Long> faults) {
    boolean own = begin >= fault && begin <= fault + FAULT;
    boolean early = begin < fault;
    boolean other =
        faults.stream().anyMatch(each -> begin >= each && begin <= each + FAULT && each != fault);
    return own || (early && !other);
  }

  private static double percentile(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
  }
}
