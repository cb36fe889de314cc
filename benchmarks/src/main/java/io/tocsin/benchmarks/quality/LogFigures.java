// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.logs.DrainRun;
import io.tocsin.benchmarks.quality.logs.Grouping;
import io.tocsin.benchmarks.quality.logs.LogSpeed;
import io.tocsin.benchmarks.quality.logs.LogState;
import io.tocsin.benchmarks.quality.logs.LogSystem;
import io.tocsin.benchmarks.quality.logs.MinerRun;
import io.tocsin.benchmarks.quality.logs.ParsedLine;
import io.tocsin.benchmarks.quality.logs.Session;
import io.tocsin.benchmarks.quality.logs.SessionDetector;
import io.tocsin.benchmarks.quality.logs.StreamRun;
import io.tocsin.benchmarks.quality.logs.Templates;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures all there is to tell of logs. */
final class LogFigures {
  private final Figures figures = new Figures();
  private final Map<String, List<Double>> means = new LinkedHashMap<>();

  Figures figures() {
    return figures;
  }

  /** Grouping and templates of each system, and their means over all systems that have them. */
  void systems(List<LogSystem> systems) {
    ProgressBar bar =
        new ProgressBar(System.err, Boolean.getBoolean("tocsin.terminal"), systems.size());
    for (LogSystem system : systems) {
      bar.begin(system.name());
      grouping(system);
      templates(system);
      bar.add(1);
    }
    bar.end();
    means.forEach((name, values) -> figures.put(name + ".mean", mean(values)));
    means.forEach((name, values) -> figures.put(name + ".systems", values.size()));
  }

  private void grouping(LogSystem system) {
    List<String> truth = system.lines().stream().map(ParsedLine::event).toList();
    MinerRun run = MinerRun.of(system.lines());
    grouping("", system.name(), Grouping.of(run.online(), truth));
    grouping("arrival.", system.name(), Grouping.of(run.arrival(), truth));
    grouping("final.", system.name(), Grouping.of(run.last(), truth));
    grouping("drain.", system.name(), Grouping.of(DrainRun.templates(system.lines()), truth));
    List<String> masked = DrainRun.maskedTemplates(system.lines());
    grouping("masked_drain.", system.name(), Grouping.of(masked, truth));
  }

  private void grouping(String prefix, String system, Grouping grouping) {
    put(prefix + "ga", system, grouping.accuracy());
    put(prefix + "fga", system, grouping.f1());
    if (prefix.isEmpty()) {
      figures.put("patterns." + system, grouping.groups());
      figures.put("events." + system, grouping.events());
    }
  }

  private void templates(LogSystem system) {
    List<ParsedLine> lines = system.corrected();
    if (!lines.isEmpty()) {
      List<String> truth = lines.stream().map(ParsedLine::template).toList();
      templates("", system.name(), Templates.of(MinerRun.of(lines).templates(), truth));
      templates("drain.", system.name(), Templates.of(DrainRun.templates(lines), truth));
    }
  }

  private void templates(String prefix, String system, Templates templates) {
    put(prefix + "pa", system, templates.accuracy());
    put(prefix + "fta", system, templates.f1());
  }

  private void put(String name, String system, double value) {
    figures.put(name + "." + system, value);
    means.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** What the simple detectors find in sequences. */
  void sessions(Map<String, List<Session>> sessions) {
    sessions.forEach(
        (name, all) -> {
          for (SessionDetector detector : SessionDetector.values()) {
            String prefix = "sessions." + name + "." + nameOf(detector) + ".";
            SessionDetector.Result result = detector.judge(all);
            figures.put(prefix + "f1", result.f1());
            figures.put(prefix + "precision", result.precision());
            figures.put(prefix + "recall", result.recall());
            figures.put(prefix + "false_per_10k", result.falsePer10k());
          }
        });
  }

  /** The name of a detector within those of figures. */
  static String nameOf(SessionDetector detector) {
    return detector.name().toLowerCase(Locale.ROOT);
  }

  /** How patterns grow over logs. */
  void streams(Map<String, Path> streams) {
    streams.forEach(
        (name, file) -> {
          try {
            stream("stream." + name, StreamRun.of(file));
          } catch (IOException e) {
            throw new LocalRunException(file + " cannot be read: " + e, e);
          }
        });
  }

  /** How patterns grow over lines no two of which are alike. */
  void distinctLines(long lines) {
    if (lines > 0) {
      stream("stream.distinct", StreamRun.ofDistinctLines(lines));
    }
  }

  private void stream(String name, StreamRun run) {
    figures.put(name + ".lines", (double) run.lines());
    figures.put(name + ".patterns", run.patterns());
    figures.put(name + ".most_patterns", run.mostPatterns());
    figures.put(name + ".most_bytes", (double) run.mostBytes());
    figures.put(name + ".founded", (double) run.founded());
    figures.put(name + ".churn", run.churn());
  }

  /** What all that the job keeps takes. */
  void state(List<LogSystem> systems) {
    LogState state = LogState.of(systems);
    figures.put("state.patterns", state.patterns());
    figures.put("state.heap_bytes_per_pattern", state.heapBytes());
    figures.put("state.checkpoint_bytes_per_pattern", state.checkpointBytes());
  }

  /** Lines of a CPU-second. */
  void speed(List<LogSystem> systems) {
    LogSpeed speed = LogSpeed.of(systems);
    figures.put("lines_per_cpu_second", speed.path());
    figures.put("miner.lines_per_cpu_second", speed.miner());
    figures.put("drain.lines_per_cpu_second", speed.drain());
    figures.put("masked_drain.lines_per_cpu_second", speed.maskedDrain());
    figures.put("miner.times_drain", speed.miner() / speed.drain());
    figures.put("miner.times_masked_drain", speed.miner() / speed.maskedDrain());
    figures.put("miner.bytes_per_pattern", speed.stateBytesPerPattern());
    figures.put("drain.bytes_per_pattern", speed.drainBytesPerPattern());
  }
}
