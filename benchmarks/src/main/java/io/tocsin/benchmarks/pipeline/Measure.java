// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.report.MarkdownTable;
import io.tocsin.benchmarks.report.Report;
import java.util.List;
import java.util.Map;

/**
 * A figure with what it is to reach.
 *
 * @param figure its name
 * @param text what it says
 * @param atMost whether less is better
 * @param bar what it must reach
 * @param goal what would be better still
 */
record Measure(String figure, String text, boolean atMost, double bar, double goal) {
  private static final double MOST_SPREAD = 0.2;

  static final List<Measure> ALL =
      List.of(
          atMost("p1.ratio", "job ÷ read and decode, CPU per sample", 4, 2.5),
          atMost("p2.ratio", "job ÷ VictoriaMetrics, CPU per sample", 1, 0.6),
          atMost("p2b.ratio", "job ÷ Prometheus, CPU per sample", 0.2, 0.12),
          atMost("p3.ratio", "decoder ÷ protobuf-java with strings and a map", 1 / 8.0, 1 / 12.0),
          atMost("p4.ratio", "detector ÷ AWS RCF, CPU per update", 1 / 40.0, 1 / 100.0),
          atMost("p5.bytes_per_series", "heap bytes per series, all in, most series", 2048, 640),
          atMost("p6.ratio", "CPU per sample, most ÷ fewest series", 2, 1.5),
          atLeast("p7.ratio", "throughput, checkpoints every 5 s ÷ none", 0.9, 0.95),
          atMost("p9.p99_ms", "newest sample to finding in Kafka, p99 at 70 % load, ms", 2000, 500),
          atMost("recovery.seconds", "task manager killed at 50 % load to caught up, s", 20, 10));

  private static Measure atMost(String figure, String text, double bar, double goal) {
    return new Measure(figure, text, true, bar, goal);
  }

  private static Measure atLeast(String figure, String text, double bar, double goal) {
    return new Measure(figure, text, false, bar, goal);
  }

  private boolean reaches(double measured, double bound) {
    return atMost ? measured <= bound : measured >= bound;
  }

  /** The goal, the bar, or neither; nothing can be said when the ratios lie too far apart. */
  private String verdict(double measured, Map<String, Double> figures) {
    boolean compared = figure.endsWith(".ratio");
    String spread = figure.replace(".ratio", ".spread");
    if (compared && figures.getOrDefault(spread, 0.0) > MOST_SPREAD) {
      return "inconclusive, measure again";
    }
    return reaches(measured, goal) ? "goal met" : reaches(measured, bar) ? "met" : "**missed**";
  }

  private String bound(double value) {
    return (atMost ? "≤ " : "≥ ") + Report.number(value);
  }

  /** All that were measured, as Markdown. */
  static String table(Map<String, Double> figures) {
    MarkdownTable table =
        new MarkdownTable(List.of("figure", "", "measured", "bar", "goal", "verdict"));
    boolean any = false;
    for (Measure measure : ALL) {
      Double measured = figures.get(measure.figure);
      if (measured != null) {
        any = true;
        table.row(
            List.of(
                "`" + measure.figure + "`",
                measure.text,
                Report.number(measured),
                measure.bound(measure.bar),
                measure.bound(measure.goal),
                measure.verdict(measured, figures)));
      }
    }
    return any ? table.toString() : "";
  }
}
