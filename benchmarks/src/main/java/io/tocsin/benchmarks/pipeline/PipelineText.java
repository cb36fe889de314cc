// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.report.BarChart;
import io.tocsin.benchmarks.report.MarkdownTable;
import io.tocsin.benchmarks.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The figures as tables in Markdown and as a chart. */
final class PipelineText {
  private static final String SUFFIX = "ns_per_sample";
  private static final String NOTHING = "–";

  private final Map<String, Double> figures;

  PipelineText(Map<String, Double> figures) {
    this.figures = figures;
  }

  /** All tables. */
  String tables() {
    return Measure.table(figures) + compared() + growth() + others();
  }

  private String text(String figure) {
    Double value = figures.get(figure);
    return value == null ? NOTHING : Report.number(value);
  }

  private record Row(String title, String prefix) {}

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("Tocsin, the whole job", ""));
    rows.add(new Row("Tocsin, remote write 2.0", "v2."));
    rows.add(new Row("read and decode only", "decode."));
    for (Peer peer : Peer.values()) {
      rows.add(new Row(peer.title() + ", only stores", peer + "."));
    }
    return rows;
  }

  private String compared() {
    MarkdownTable table =
        new MarkdownTable(
            List.of("", "CPU ns per sample", "samples/s, wall", "bytes of memory per series"));
    boolean any = false;
    for (Row row : rows()) {
      if (figures.containsKey(row.prefix() + SUFFIX)) {
        any = true;
        table.row(
            List.of(
                row.title(),
                text(row.prefix() + SUFFIX),
                text(row.prefix() + "samples_per_second"),
                text(row.prefix() + "bytes_per_series")));
      }
    }
    return any ? table.toString() : "";
  }

  private String growth() {
    TreeSet<Integer> sizes = new TreeSet<>();
    for (String name : figures.keySet()) {
      if (name.matches("growth\\.\\d+\\." + SUFFIX)) {
        sizes.add(Integer.valueOf(name.split("\\.", -1)[1]));
      }
    }
    if (sizes.isEmpty()) {
      return "";
    }
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "series",
                "CPU ns per sample, 2 subtasks",
                "samples/s",
                "CPU ns per sample, 1 subtask",
                "samples/s",
                "heap bytes per series",
                "checkpoint bytes per series"));
    for (int size : sizes) {
      String prefix = "growth." + size + ".";
      table.row(
          List.of(
              "%,d".formatted(size),
              text(prefix + SUFFIX),
              text(prefix + "samples_per_second"),
              text(prefix + "one." + SUFFIX),
              text(prefix + "one.samples_per_second"),
              text(prefix + "bytes_per_series"),
              text(prefix + "checkpoint_bytes_per_series")));
    }
    return table.toString();
  }

  private String others() {
    MarkdownTable table = new MarkdownTable(List.of("figure", "value"));
    List<String> left = figures.keySet().stream().filter(name -> !isTold(name)).toList();
    left.forEach(name -> table.row(List.of("`" + name + "`", text(name))));
    return left.isEmpty() ? "" : table.toString();
  }

  /** Whether a figure stands in another table. */
  private static boolean isTold(String name) {
    return name.startsWith("growth.")
        || name.endsWith(SUFFIX)
        || Measure.ALL.stream().anyMatch(measure -> measure.figure().equals(name));
  }

  /** A chart of what a sample costs. */
  String chart() {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (Row row : rows()) {
      Double value = figures.get(row.prefix() + SUFFIX);
      if (value != null) {
        bars.add(new BarChart.Bar(row.title(), value, row.title().startsWith("Tocsin")));
      }
    }
    return BarChart.svg("CPU time per sample, ns", bars);
  }
}
