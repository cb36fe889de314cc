// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.causes.FailureCorpus;
import io.tocsin.benchmarks.quality.causes.ThroughJobs;
import io.tocsin.benchmarks.quality.measures.Calibration;
import io.tocsin.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures of causes as tables. */
final class CauseTables {
  private static final List<String> MEASURES = List.of("ac1", "ac3", "ac5", "avg5");
  private static final Map<String, String> RANKERS = new LinkedHashMap<>();
  private static final Map<String, String> MODES = new LinkedHashMap<>();
  private static final Map<String, String> CONFIDENCE = new LinkedHashMap<>();
  private static final Map<String, String> JOBS = new LinkedHashMap<>();

  static {
    RANKERS.put("", "shipped");
    RANKERS.put("without_metrics.", "without metrics");
    RANKERS.put("without_logs.", "without logs");
    RANKERS.put("without_edges.", "without edges");
    RANKERS.put("without_changes.", "without changes");
    RANKERS.put("baro.", "BARO's scorer");
    RANKERS.put("nsigma.", "N-Sigma");
    RANKERS.put("random.", "random");
    RANKERS.put("last_deploy.", "last deploy");
    MODES.put("service.", "at the injection");
    MODES.put("late60.service.", "60 s late");
    MODES.put("detected.service.", "when detected");
    MODES.put("findings.service.", "by findings");
    MODES.put("metric.", "metric");
    CONFIDENCE.put("confidence.", "at the injection");
    CONFIDENCE.put("findings.confidence.", "by findings");
    JOBS.put("cases", "failures");
    JOBS.put("before", "incidents before each");
    JOBS.put("opened", "with incident");
    JOBS.put("ac1", "AC@1");
    JOBS.put("ac3", "AC@3");
    JOBS.put("findings_ac1", "AC@1 by findings");
    JOBS.put("findings_ac3", "AC@3 by findings");
    JOBS.put("same_findings", "same ranking by the jobs' findings");
    JOBS.put("agreement", "same first suspect");
    JOBS.put("seconds_p50", "seconds to the incident");
  }

  private final Figures figures;
  private final List<FailureCorpus> corpora;
  private final StringBuilder text = new StringBuilder();

  CauseTables(Figures figures, List<FailureCorpus> corpora) {
    this.figures = figures;
    this.corpora = corpora;
  }

  /**
   * All tables.
   *
   * @param cases how it went with those that were played through the jobs, a sentence each
   */
  String markdown(List<String> cases) {
    text.append("### goals\n\n").append(GoalsTable.of(figures, Goal.ofCauses()));
    corpora.forEach(corpus -> accuracy(corpus.name()));
    if (!cases.isEmpty()) {
      jobs(cases);
    }
    kinds();
    confidence();
    others();
    return text.toString();
  }

  private void accuracy(String corpus) {
    List<String> head = new ArrayList<>(List.of("ranking", "asked"));
    MEASURES.forEach(each -> head.add(each.startsWith("avg") ? "Avg@5" : "AC@" + each.charAt(2)));
    MarkdownTable table = new MarkdownTable(head);
    RANKERS.forEach(
        (prefix, title) ->
            MODES.forEach(
                (mode, when) -> {
                  String name = prefix + corpus + "." + mode;
                  if (figures.has(name + "ac1")) {
                    table.row(row(List.of(title, when), name, MEASURES));
                  }
                }));
    text.append("### causes in ").append(corpus).append("\n\n").append(table);
  }

  private void jobs(List<String> cases) {
    List<String> head = new ArrayList<>(List.of("corpus"));
    head.addAll(JOBS.values());
    MarkdownTable table = new MarkdownTable(head);
    for (FailureCorpus corpus : corpora) {
      String prefix = ThroughJobs.prefix(corpus);
      if (figures.has(prefix + "cases")) {
        table.row(row(List.of(corpus.name()), prefix, List.copyOf(JOBS.keySet())));
      }
    }
    text.append("### causes through the jobs\n\n").append(table);
    cases.forEach(each -> text.append("- ").append(each).append('\n'));
    text.append('\n');
  }

  /** What is shipped by kind of failure. */
  private void kinds() {
    MarkdownTable table =
        new MarkdownTable(List.of("failures", "number", "AC@1", "AC@3", "AC@5", "Avg@5"));
    String ending = ".service.ac1";
    for (String name : figures.asMap().keySet()) {
      String prefix = name.substring(0, Math.max(0, name.length() - ending.length()));
      boolean ofKind =
          name.endsWith(ending)
              && prefix.indexOf('.') > 0
              && prefix.indexOf('.') == prefix.lastIndexOf('.')
              && corpora.stream().anyMatch(c -> prefix.startsWith(c.name() + "."))
              && !prefix.endsWith(".late60")
              && !prefix.endsWith(".detected")
              && !prefix.endsWith(".findings");
      if (ofKind) {
        List<String> measures = new ArrayList<>(List.of("failures"));
        measures.addAll(MEASURES);
        table.row(row(List.of(prefix.replace('.', ' ')), prefix + ".service.", measures));
      }
    }
    text.append("### causes by kind of failure\n\n").append(table);
  }

  /** How sure the ranking is of its first suspect, and how often that is right. */
  private void confidence() {
    MarkdownTable table =
        new MarkdownTable(
            List.of("corpus", "asked", "failures", "told", "right", "Brier", "calibration error"));
    CONFIDENCE.forEach(
        (mode, when) -> {
          for (FailureCorpus corpus : corpora) {
            confidence(table, corpus.name(), when, corpus.name() + "." + mode);
          }
          confidence(table, "all", when, mode);
        });
    MarkdownTable bins = new MarkdownTable(List.of("asked", "failures", "told", "right"));
    CONFIDENCE.forEach(
        (mode, when) -> {
          for (int bin = 1; bin <= Calibration.BINS; bin++) {
            String prefix = mode + "bin" + bin + ".";
            if (figures.has(prefix + "told")) {
              bins.row(row(List.of(when), prefix, List.of("failures", "told", "right")));
            }
          }
        });
    text.append("### confidence\n\n").append(table).append(bins);
  }

  private void confidence(MarkdownTable table, String corpus, String when, String prefix) {
    if (figures.has(prefix + "told")) {
      List<String> measures = List.of("failures", "told", "right", "brier", "error");
      table.row(row(List.of(corpus, when), prefix, measures));
    }
  }

  private List<String> row(List<String> head, String prefix, List<String> measures) {
    List<String> row = new ArrayList<>(head);
    measures.forEach(each -> row.add(Figures.text(figures.get(prefix + each))));
    return row;
  }

  private void others() {
    MarkdownTable table = new MarkdownTable(List.of("figure", "value"));
    for (Map.Entry<String, Double> each : figures.asMap().entrySet()) {
      String name = each.getKey();
      boolean ofJobs = corpora.stream().anyMatch(c -> name.startsWith(ThroughJobs.prefix(c)));
      if (!name.contains("service.")
          && !name.contains("metric.")
          && !name.contains("confidence.")
          && !ofJobs) {
        table.row(List.of("`" + name + "`", Figures.text(each.getValue())));
      }
    }
    text.append("### changes, abstention, time and cost of causes\n\n").append(table);
  }
}
