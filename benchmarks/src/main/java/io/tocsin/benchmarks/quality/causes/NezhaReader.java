// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.quality.corpora.BadLineException;
import io.tocsin.benchmarks.quality.corpora.Source;
import io.tocsin.benchmarks.quality.corpora.Timestamps;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads Nezha's days (Yu et al., FSE 2023): metrics of pods, of the front service and of calls by
 * the minute, and, for the Train Ticket shop, lines and spans of the minutes about each fault. The
 * epoch seconds that the files give are wrong at places, so only the written times are read. Trace
 * ids are taken out of the lines.
 */
final class NezhaReader {
  private static final long BEFORE = 4 * 3_600_000;
  private static final long SINCE = 4 * 60_000;
  private static final int WRITTEN_TIME = 19;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PERCENTILE = Pattern.compile("(.*)(P\\d\\d)\\(.*\\)");
  private static final Set<String> CPU = Set.of("CpuUsage(m)", "CpuUsageRate(%)");
  private static final Set<String> NETWORK = Set.of("PodClientLatency", "calls");

  private final Source source;
  private final Path root;

  /** Where the names of files end that are about something else than a pod. */
  private static final Map<String, String> CALLS =
      Map.of("source_50.csv.gz", "calls:source", "destination_50.csv.gz", "calls:destination");

  private NezhaReader(Path root) {
    this.root = root;
    source = new Source(root);
  }

  /** One corpus for each system; none when there is nothing of the kind. */
  static List<FailureCorpus> read(Path root) {
    Map<String, NezhaReader> readers = new TreeMap<>();
    Map<String, List<FailureCase>> failures = new TreeMap<>();
    for (Path day : Reading.directories(root.resolve("rca_data"))) {
      String system = isTrainTicket(day) ? "nezha-tt" : "nezha-ob";
      NezhaReader reader = readers.computeIfAbsent(system, any -> new NezhaReader(root));
      failures.computeIfAbsent(system, any -> new ArrayList<>()).addAll(reader.day(day, system));
    }
    List<FailureCorpus> all = new ArrayList<>();
    failures.forEach(
        (system, of) -> {
          NezhaReader reader = readers.get(system);
          if (reader != null && !of.isEmpty()) {
            all.add(Reading.corpus(system, "Nezha", reader.source, of, normal(of)));
          }
        });
    return all;
  }

  /** As much time before each as is looked at since, where no other failure lies in it. */
  private static List<FailureCase> normal(List<FailureCase> failures) {
    return failures.stream()
        .filter(each -> failures.stream().noneMatch(other -> other.liesBefore(each, SINCE)))
        .map(each -> each.before(SINCE))
        .toList();
  }

  private static boolean isTrainTicket(Path day) {
    return files(day.resolve("metric")).stream().anyMatch(f -> Reading.name(f).startsWith("ts-"));
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Fault(long time, String service, String type) {}

  private List<FailureCase> day(Path day, String system) {
    List<Fault> faults = faults(day.resolve(Reading.name(day) + "-fault_list.json"));
    List<CaseSeries> metrics = new ArrayList<>();
    List<CallEdge> calls = new ArrayList<>();
    for (Path file : files(day.resolve("metric"))) {
      table(file, system, metrics, calls);
    }
    NezhaMinutes minutes = new NezhaMinutes(source, system);
    minutes.read(root.resolve("construct_data").resolve(Reading.name(day)));
    minutes.read(day);
    calls.addAll(minutes.calls());
    List<FailureCase> failures = new ArrayList<>();
    for (Fault fault : faults) {
      List<CaseSeries> series = new ArrayList<>(metrics);
      series.addAll(minutes.series(fault.time(), times(faults)));
      failures.add(
          new FailureCase(
              Reading.name(day) + "/" + fault.service() + "/" + fault.time(),
              fault.type(),
              series,
              minutes.lines(fault.time(), times(faults)),
              calls,
              List.of(),
              null,
              fault.time() - BEFORE,
              fault.time(),
              fault.time() + SINCE,
              new FailureCase.Truth(Set.of(fault.service()), truth(fault.type()), null)));
    }
    return failures;
  }

  private static List<Long> times(List<Fault> faults) {
    return faults.stream().map(Fault::time).toList();
  }

  private static Set<String> truth(String type) {
    if (type.startsWith("cpu")) {
      return CPU;
    }
    return type.startsWith("network") ? NETWORK : Set.of();
  }

  private List<Fault> faults(Path file) {
    List<Fault> faults = new ArrayList<>();
    try {
      for (JsonNode hour : JSON.readTree(source.text(file))) {
        for (JsonNode each : hour) {
          faults.add(
              new Fault(
                  Timestamps.parse(each.path("inject_time").asText()),
                  service(each.path("inject_pod").asText()),
                  each.path("inject_type").asText()));
        }
      }
    } catch (JsonProcessingException e) {
      source.flaw(file, 0, "is no JSON: " + e.getOriginalMessage());
    } catch (BadLineException e) {
      source.flaw(file, 0, String.valueOf(e.getMessage()));
    }
    faults.sort(Comparator.comparingLong(Fault::time));
    return faults;
  }

  /** The name of a pod without those of its replica set and its own. */
  static String service(String pod) {
    return pod.replaceFirst("-[^-]*-[^-]*$", "");
  }

  private void table(Path file, String system, List<CaseSeries> metrics, List<CallEdge> calls) {
    String name = Reading.name(file);
    String edges = CALLS.get(name);
    if (name.startsWith("dependency")) {
      for (String line : source.lines(file)) {
        List<String> fields = Source.fields(line);
        if (fields.size() == 3 && !fields.get(0).equals("Source")) {
          calls.add(
              new CallEdge(
                  Reading.service(system, fields.get(0)), Reading.service(system, fields.get(1))));
        }
      }
    } else if (edges != null) {
      SampleTable table = table(file, 2);
      for (int i = 0; i < table.columns().size(); i++) {
        Samples samples = new Samples();
        table.addTo(samples, i, 0);
        String[] ends = table.columns().get(i).split("_", 2);
        metrics.add(
            samples.calls(
                Reading.service(system, ends[0]), Reading.service(system, ends[1]), edges));
      }
    } else {
      pod(table(file, 3), system, name, metrics);
    }
  }

  /** A table with times as they are written, and the columns from one on. */
  private SampleTable table(Path file, int from) {
    List<String> lines = new ArrayList<>();
    for (String line : source.lines(file)) {
      List<String> fields = Source.fields(line);
      String time = fields.get(0);
      String written = time.length() > WRITTEN_TIME ? time.substring(0, WRITTEN_TIME) : time;
      List<String> kept = fields.subList(Math.min(from, fields.size()), fields.size());
      lines.add(written + "," + String.join(",", kept));
    }
    return SampleTable.read(source, file, lines, 0);
  }

  private static void pod(SampleTable table, String system, String file, List<CaseSeries> metrics) {
    boolean front = file.startsWith("front_service");
    String frontName = system.equals("nezha-tt") ? "ts-ui-dashboard" : "frontend";
    String name = front ? frontName : service(file.replaceFirst("_metric.*", ""));
    Entity entity = Reading.service(system, name);
    for (int i = 0; i < table.columns().size(); i++) {
      String column = table.columns().get(i);
      if (!column.startsWith("Node")) {
        Samples samples = new Samples();
        table.addTo(samples, i, 0);
        Matcher percentile = PERCENTILE.matcher(column);
        String metric =
            percentile.matches() ? percentile.group(1) + ":" + percentile.group(2) : column;
        metrics.add(
            column.startsWith("PodClient")
                ? samples.calls(entity, Entity.NONE, metric)
                : samples.metric(entity, metric, isSymptom(column)));
      }
    }
  }

  private static boolean isSymptom(String column) {
    String lower = column.toLowerCase(Locale.ROOT);
    return lower.contains("latency") || lower.contains("success");
  }
}
