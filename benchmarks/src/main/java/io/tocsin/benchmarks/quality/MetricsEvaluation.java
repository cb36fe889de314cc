// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.baselines.Baselines;
import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Shipped;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has the detector and its baselines score all corpora of a directory. */
@CommandLine.Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = "The detector of metrics beside its baselines, on the corpora of a directory.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class MetricsEvaluation implements Callable<Integer> {
  private static final String DOCUMENT = "benchmarks/README.md";

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these candidates: ${COMPLETION-CANDIDATES}",
      completionCandidates = CandidateNames.class)
  private List<String> only = List.of();

  @Option(
      names = "--cost-series",
      paramLabel = "N",
      description =
          "Measure the cost with no more series than these, which is quicker and less true;"
              + " ${DEFAULT-VALUE} unless given.")
  private int costSeries = CandidateCost.MANY_SERIES;

  @Mixin private CorpusDirectory directory;
  @Mixin private EvaluationOutput output;

  /** The names that {@code --only} takes. */
  static final class CandidateNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    CandidateNames() {
      all().forEach(candidate -> add(candidate.name()));
    }
  }

  private static List<Candidate> all() {
    List<Candidate> all = new ArrayList<>(List.of(new Shipped()));
    all.addAll(Baselines.all());
    return all;
  }

  @Override
  public Integer call() throws IOException {
    List<Candidate> candidates = chosen();
    List<Corpus> corpora = directory.read();
    EvaluationFile file = output.file(command(), corpora);
    Map<String, Figures> figures =
        new CandidateRuns(corpora, candidates)
            .figures((candidate, told) -> CandidateCost.figures(candidate, costSeries, told));
    String tables = tables(corpora, candidates, figures);
    System.out.println(tables);
    String goals = goals(corpora, figures);
    System.out.println(goals);
    System.out.print(file.missing());
    output.finish(file, named(candidates, figures), "metrics", DOCUMENT, goals + "\n" + tables);
    return 0;
  }

  private String command() {
    String chosen = only.isEmpty() ? "" : " --only " + String.join(",", only);
    String cost = costSeries == CandidateCost.MANY_SERIES ? "" : " --cost-series " + costSeries;
    return "./tocsin evaluate metrics DIR" + chosen + cost;
  }

  private List<Candidate> chosen() {
    CandidateNames names = new CandidateNames();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new LocalRunException(
            "There is no candidate " + name + "; there are " + String.join(", ", names) + ".");
      }
    }
    return all().stream().filter(each -> only.isEmpty() || only.contains(each.name())).toList();
  }

  private static String tables(
      List<Corpus> corpora, List<Candidate> candidates, Map<String, Figures> figures) {
    Map<String, Figures> titled = new LinkedHashMap<>();
    candidates.forEach(
        each -> titled.put(each.title(), figures.getOrDefault(each.name(), new Figures())));
    EvaluationTables tables = new EvaluationTables(titled);
    corpora.forEach(tables::corpus);
    tables.cost();
    return tables.markdown();
  }

  /** What is shipped beside what it is to reach; nothing when it was not measured. */
  private static String goals(List<Corpus> corpora, Map<String, Figures> figures) {
    Figures shipped = figures.get(new Shipped().name());
    return shipped == null ? "" : "## goals\n\n" + GoalsTable.of(shipped, Goal.of(corpora));
  }

  private static Figures named(List<Candidate> candidates, Map<String, Figures> figures) {
    String shipped = new Shipped().name();
    Figures named = new Figures();
    for (Candidate each : candidates) {
      String prefix = each.name().equals(shipped) ? "" : "baseline." + each.name() + ".";
      named.putAll(prefix, figures.getOrDefault(each.name(), new Figures()));
    }
    return named;
  }
}
