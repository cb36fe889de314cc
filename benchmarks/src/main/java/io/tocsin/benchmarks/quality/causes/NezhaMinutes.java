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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines and spans, in minutes counted from a fault. Of those before it only what belongs to no
 * other fault counts: Tocsin freezes what it takes for usual while an incident lasts.
 */
final class NezhaMinutes {
  private static final long MINUTE = 60_000;

  /** A fault's time: longer than any is, shorter than what lies between two. */
  private static final long FAULT = 200_000;

  /** Fewer spans of a kind in a minute say nothing of how long they take. */
  private static final int TELLING = 5;

  private static final int WRITTEN_MILLIS = 23;

  private static final Pattern IDS =
      Pattern.compile(
          "TraceID: [0-9a-f]* SpanID: [0-9a-f]* |\\{\"log\":\"\\d\\d:\\d\\d:\\d\\d\\.\\d* ");
  private static final Pattern END = Pattern.compile("\\\\n\",\"stream\".*");

  private final Source source;
  private final String system;
  private final List<CaseLine> lines = new ArrayList<>();
  private final List<Duration> durations = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final TreeSet<CallEdge> calls = new TreeSet<>(CallEdge.ORDER);

  private record Metric(Entity entity, Entity peer, String name) {}

  private record Duration(long time, Metric metric, double micros) {}

  private record Span(Entity entity, String operation, long time, double micros) {}

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

  /** Lines that stand in two files, which overlap, are read once. */
  private void readLines(Path file) {
    Csv csv = new Csv(source.text(file));
    csv.next();
    while (csv.hasNext()) {
      Csv.Row row = csv.next();
      List<String> fields = row.fields();
      if (fields.size() >= 8 && known.add(fields.get(0) + fields.get(3))) {
        String text = END.matcher(IDS.matcher(fields.get(7)).replaceAll("")).replaceAll("");
        String time = fields.get(0);
        try {
          String written = time.substring(0, Math.min(WRITTEN_MILLIS, time.length() - 1));
          lines.add(new CaseLine(Timestamps.parse(written + "Z"), entity(fields.get(3)), text));
        } catch (BadLineException e) {
          source.flaw(file, row.line(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private void readSpans(Path file) {
    Map<String, Span> all = new HashMap<>();
    List<String[]> parents = new ArrayList<>();
    List<String> rows = source.lines(file);
    for (int i = 1; i < rows.size(); i++) {
      List<String> fields = Source.fields(rows.get(i));
      if (fields.size() == 8) {
        try {
          long time = (long) Source.number(fields.get(5)) / 1_000_000;
          double micros = Source.number(fields.get(7));
          all.put(fields.get(1), new Span(entity(fields.get(3)), fields.get(4), time, micros));
          parents.add(new String[] {fields.get(1), fields.get(2)});
        } catch (BadLineException e) {
          source.flaw(file, i + 1, String.valueOf(e.getMessage()));
        }
      }
    }
    for (String[] each : parents) {
      if (known.add(each[0])) {
        add(all.get(each[0]), all.get(each[1]));
      }
    }
  }

  private void add(@Nullable Span span, @Nullable Span parent) {
    if (span == null) {
      return;
    }
    Metric own = new Metric(span.entity(), Entity.NONE, "duration:" + span.operation());
    durations.add(new Duration(span.time(), own, span.micros()));
    if (parent != null && !parent.entity().equals(span.entity())) {
      calls.add(new CallEdge(parent.entity(), span.entity()));
      Metric call = new Metric(parent.entity(), span.entity(), "calls:source");
      durations.add(new Duration(parent.time(), call, parent.micros()));
    }
  }

  /** The series of a fault: of its own minutes, and of those before that belong to no fault. */
  List<CaseSeries> series(long fault, List<Long> faults) {
    PatternCounts counts = new PatternCounts();
    for (CaseLine each : counted(fault, faults)) {
      counts.add(each.entity(), minute(each.time(), fault), each.text());
    }
    List<CaseSeries> all = new ArrayList<>(counts.series());
    Map<Metric, TreeMap<Long, List<Double>>> minutes = new HashMap<>();
    for (Duration each : durations) {
      if (counts(each.time(), fault, faults)) {
        minutes
            .computeIfAbsent(each.metric(), any -> new TreeMap<>())
            .computeIfAbsent(minute(each.time(), fault), any -> new ArrayList<>())
            .add(each.micros());
      }
    }
    minutes.forEach((metric, of) -> all.add(series(metric, of)));
    return all;
  }

  /**
   * The lines of a fault: those of its own minutes, and of those before that belong to no fault,
   * which are moved to follow each other and to end at the fault.
   */
  List<CaseLine> lines(long fault, List<Long> faults) {
    List<CaseLine> counted = counted(fault, faults);
    TreeSet<Long> before = new TreeSet<>();
    counted.forEach(each -> before.add(minute(each.time(), fault)));
    before.tailSet(fault).clear();
    Map<Long, Long> moved = new HashMap<>();
    long end = fault;
    for (long minute : before.descendingSet()) {
      end -= MINUTE;
      moved.put(minute, end - minute);
    }
    List<CaseLine> all = new ArrayList<>();
    for (CaseLine each : counted) {
      long time = each.time() + moved.getOrDefault(minute(each.time(), fault), 0L);
      all.add(new CaseLine(time, each.entity(), each.text()));
    }
    return all;
  }

  private List<CaseLine> counted(long fault, List<Long> faults) {
    return lines.stream()
        .filter(each -> counts(each.time(), fault, faults))
        .sorted(Comparator.comparingLong(CaseLine::time))
        .toList();
  }

  private static long minute(long time, long fault) {
    return fault + Math.floorDiv(time - fault, MINUTE) * MINUTE;
  }

  private static CaseSeries series(Metric metric, Map<Long, List<Double>> minutes) {
    Samples samples = new Samples();
    minutes.forEach(
        (minute, micros) -> {
          if (micros.size() >= TELLING) {
            samples.add(minute, percentile(micros));
          }
        });
    return metric.peer().equals(Entity.NONE)
        ? samples.metric(metric.entity(), metric.name(), true)
        : samples.calls(metric.entity(), metric.peer(), metric.name());
  }

  private static boolean counts(long time, long fault, List<Long> faults) {
    boolean own = time >= fault && time <= fault + FAULT;
    boolean other = faults.stream().anyMatch(each -> time >= each && time <= each + FAULT);
    return own || (time < fault && !other);
  }

  private static double percentile(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
  }
}
