// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.causes.FailureCorpus;
import io.tocsin.benchmarks.quality.causes.ThroughJobs;
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
                    List<String> row = new ArrayList<>(List.of(title, when));
                    MEASURES.forEach(each -> row.add(Figures.text(figures.get(name + each))));
                    table.row(row);
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
        List<String> row = new ArrayList<>(List.of(corpus.name()));
        JOBS.keySet().forEach(each -> row.add(Figures.text(figures.get(prefix + each))));
        table.row(row);
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
        List<String> row = new ArrayList<>(List.of(prefix.replace('.', ' ')));
        row.add(Figures.text(figures.get(prefix + ".service.failures")));
        MEASURES.forEach(each -> row.add(Figures.text(figures.get(prefix + ".service." + each))));
        table.row(row);
      }
    }
    text.append("### causes by kind of failure\n\n").append(table);
  }

  private void others() {
    MarkdownTable table = new MarkdownTable(List.of("figure", "value"));
    for (Map.Entry<String, Double> each : figures.asMap().entrySet()) {
      String name = each.getKey();
      boolean ofJobs = corpora.stream().anyMatch(c -> name.startsWith(ThroughJobs.prefix(c)));
      if (!name.contains("service.") && !name.contains("metric.") && !ofJobs) {
        table.row(List.of("`" + name + "`", Figures.text(each.getValue())));
      }
    }
    text.append("### changes, abstention, time and cost of causes\n\n").append(table);
  }
}
