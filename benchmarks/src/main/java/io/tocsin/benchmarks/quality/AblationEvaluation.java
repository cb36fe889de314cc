// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.corpora.Layout;
import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.report.MarkdownTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** What each part of the shipped detector earns: the figures with all, and without each. */
@CommandLine.Command(
    name = "ablation",
    mixinStandardHelpOptions = true,
    description = "The detector of metrics, and the same without each of its parts.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class AblationEvaluation implements Callable<Integer> {
  private static final String DOCUMENT = "models/RATIONALE.md";
  private static final List<String> QUALITY =
      List.of(
          "nab.standard",
          "nab.low_fp",
          "nab.low_fn",
          "nab.cloudwatch_found",
          "nab.cloudwatch_alerts",
          "kpi.delay7_f1",
          "kpi.event_f1",
          "microsoft.event_f1",
          "asd.event_f1");

  @Mixin private CorpusDirectory directory;
  @Mixin private EvaluationOutput output;

  @Override
  public Integer call() throws IOException {
    List<Corpus> corpora = directory.read();
    EvaluationFile file = output.file("./tocsin evaluate ablation DIR", corpora);
    List<Candidate> candidates = Ablation.candidates();
    Map<String, Figures> figures =
        new CandidateRuns(corpora, candidates).figures((candidate, told) -> new Figures());
    String table = table(corpora, candidates, figures);
    System.out.println(table);
    System.out.print(file.missing());
    Figures all = new Figures();
    figures.forEach((name, of) -> all.putAll(name + ".", of));
    output.finish(file, all, "ablation", DOCUMENT, table);
    return 0;
  }

  private static String table(
      List<Corpus> corpora, List<Candidate> candidates, Map<String, Figures> figures) {
    List<String> columns =
        columns(corpora).stream()
            .filter(name -> figures.values().stream().anyMatch(of -> of.has(name)))
            .toList();
    List<String> head = new ArrayList<>(List.of("detector"));
    columns.forEach(name -> head.add(name.replace('_', ' ')));
    MarkdownTable table = new MarkdownTable(head);
    for (Candidate candidate : candidates) {
      Figures of = figures.getOrDefault(candidate.name(), new Figures());
      List<String> row = new ArrayList<>(List.of(candidate.title()));
      columns.forEach(name -> row.add(Figures.text(of.get(name))));
      table.row(row);
    }
    return table.toString();
  }

  private static List<String> columns(List<Corpus> corpora) {
    List<String> columns = new ArrayList<>(QUALITY);
    for (Corpus corpus : corpora) {
      columns.add(corpus.name() + ".false_alarms_per_series_day");
      if (corpus.layout() == Layout.SERVERS) {
        columns.add(corpus.name() + ".subject_false_alarms_per_day");
      }
    }
    columns.add("cost.ns_per_sample_of_corpora");
    return columns;
  }
}
