// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.logs.LogCorpus;
import io.tocsin.benchmarks.quality.logs.LogSystem;
import io.tocsin.benchmarks.quality.logs.SessionDetector;
import io.tocsin.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;

/** Figures of logs as tables. */
final class LogTables {
  private static final List<String> GROUPING =
      List.of(
          "ga",
          "fga",
          "pa",
          "fta",
          "arrival.ga",
          "final.ga",
          "drain.ga",
          "drain.fga",
          "masked_drain.ga",
          "masked_drain.fga");
  private static final List<String> SESSIONS =
      List.of("f1", "precision", "recall", "false_per_10k");
  private static final List<String> STREAM =
      List.of("lines", "patterns", "most_patterns", "most_bytes", "founded", "churn");
  private static final List<String> SPEED =
      List.of(
          "lines_per_cpu_second",
          "miner.lines_per_cpu_second",
          "drain.lines_per_cpu_second",
          "masked_drain.lines_per_cpu_second",
          "miner.times_drain",
          "miner.times_masked_drain",
          "miner.bytes_per_pattern",
          "drain.bytes_per_pattern",
          "state.patterns",
          "state.heap_bytes_per_pattern",
          "state.checkpoint_bytes_per_pattern");

  private final Figures figures;
  private final LogCorpus corpus;
  private final StringBuilder text = new StringBuilder();

  LogTables(Figures figures, LogCorpus corpus) {
    this.figures = figures;
    this.corpus = corpus;
  }

  String markdown() {
    List<Goal> goals = Goal.ofLogs(corpus.streams().keySet());
    text.append("### goals\n\n").append(GoalsTable.of(figures, goals));
    if (!corpus.systems().isEmpty()) {
      systems();
    }
    corpus.sessions().keySet().forEach(this::sessions);
    streams();
    if (figures.has(SPEED.get(0))) {
      speed();
    }
    return text.toString();
  }

  private void systems() {
    List<String> head = new ArrayList<>(List.of("system"));
    GROUPING.forEach(each -> head.add(each.replace('.', ' ').replace('_', ' ')));
    head.addAll(List.of("patterns", "events"));
    MarkdownTable table = new MarkdownTable(head);
    for (LogSystem system : corpus.systems()) {
      List<String> row = row(system.name(), GROUPING, "", "." + system.name());
      row.add(Figures.text(figures.get("patterns." + system.name())));
      row.add(Figures.text(figures.get("events." + system.name())));
      table.row(row);
    }
    List<String> mean = row("**mean**", GROUPING, "", ".mean");
    mean.addAll(List.of("", ""));
    table.row(mean);
    text.append("### patterns of logs\n\n").append(table).append(missing());
  }

  private String missing() {
    List<String> without =
        corpus.systems().stream()
            .filter(system -> system.corrected().isEmpty())
            .map(LogSystem::name)
            .toList();
    return without.isEmpty()
        ? ""
        : "Without corrected templates, and so missing from the means of pa and fta: %s.%n%n"
            .formatted(String.join(", ", without));
  }

  private List<String> row(String title, List<String> names, String prefix, String ending) {
    List<String> row = new ArrayList<>(List.of(title));
    names.forEach(name -> row.add(Figures.text(figures.get(prefix + name + ending))));
    return row;
  }

  private void sessions(String name) {
    List<String> head = new ArrayList<>(List.of("detector"));
    SESSIONS.forEach(each -> head.add(each.replace('_', ' ')));
    MarkdownTable table = new MarkdownTable(head);
    for (SessionDetector detector : SessionDetector.values()) {
      String prefix = "sessions." + name + "." + LogFigures.nameOf(detector) + ".";
      table.row(row(detector.title(), SESSIONS, prefix, ""));
    }
    text.append("### sequences of ").append(name).append("\n\n").append(table);
  }

  private void streams() {
    List<String> head = new ArrayList<>(List.of("stream"));
    STREAM.forEach(each -> head.add(each.replace('_', ' ')));
    MarkdownTable table = new MarkdownTable(head);
    List<String> names = new ArrayList<>(corpus.streams().keySet());
    names.add("distinct");
    names.stream()
        .filter(name -> figures.has("stream." + name + ".lines"))
        .forEach(name -> table.row(row(name, STREAM, "stream." + name + ".", "")));
    text.append("### streams of lines\n\n").append(table);
  }

  private void speed() {
    MarkdownTable table = new MarkdownTable(List.of("figure", "value"));
    SPEED.forEach(name -> table.row(row("`" + name + "`", List.of(name), "", "")));
    text.append("### speed and state of logs\n\n").append(table);
  }
}
