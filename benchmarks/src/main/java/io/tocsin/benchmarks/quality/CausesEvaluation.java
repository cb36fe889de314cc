// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.causes.CauseFigures;
import io.tocsin.benchmarks.quality.causes.FailureCorpora;
import io.tocsin.benchmarks.quality.causes.FailureCorpus;
import io.tocsin.benchmarks.quality.causes.ThroughJobs;
import io.tocsin.benchmarks.quality.corpora.CorpusOrigin;
import io.tocsin.benchmarks.quality.corpora.Flaw;
import io.tocsin.benchmarks.quality.scorers.SettingsText;
import io.tocsin.jobs.local.LocalRunException;
import io.tocsin.models.incidents.IncidentSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has the causes of labelled failures named. */
@CommandLine.Command(
    name = "causes",
    mixinStandardHelpOptions = true,
    description = "The ranking of suspects beside its baselines, on the failures of a directory.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class CausesEvaluation implements Callable<Integer> {
  private static final String DOCUMENT = "benchmarks/README.md";
  private static final int TOLD_FLAWS = 20;
  private static final int MANY_SERIES = 20_000;

  @Parameters(
      paramLabel = "DIR",
      description =
          "Failures of RCD's Sock Shop, PetShop, Nezha, RootCauseBench or in the plain layout:"
              + " one corpus, or a directory with many.")
  private Path directory;

  @Option(
      names = "--cost-series",
      paramLabel = "N",
      defaultValue = "" + MANY_SERIES,
      description = "The cost of an incident over so many series; ${DEFAULT-VALUE} unless given.")
  private int costSeries;

  @Option(
      names = "--through-jobs",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Also play N failures of each corpus whose failures can be played through Kafka, the"
              + " gateway and the jobs; none unless given.")
  private int throughJobs;

  @Mixin private EvaluationOutput output;

  @Override
  public Integer call() throws InterruptedException {
    List<FailureCorpus> corpora = read();
    List<CorpusOrigin> origins = corpora.stream().map(FailureCorpus::origin).toList();
    String configuration = SettingsText.hash(SettingsText.of(IncidentSettings.DEFAULTS));
    EvaluationFile file = output.file(command(), configuration, origins);
    Figures figures = figures(corpora);
    List<String> cases = throughJobs > 0 ? throughJobs(corpora, figures) : List.of();
    String tables = new CauseTables(figures, corpora).markdown(cases);
    System.out.println(tables);
    System.out.print(file.missing());
    output.finish(file, figures, "causes", DOCUMENT, tables);
    return 0;
  }

  private Figures figures(List<FailureCorpus> corpora) {
    Figures figures = new Figures();
    CauseFigures all = new CauseFigures(figures::put);
    int steps = corpora.stream().mapToInt(CauseFigures::steps).sum() + 1;
    ProgressBar bar = new ProgressBar(System.err, Boolean.getBoolean("tocsin.terminal"), steps);
    for (FailureCorpus corpus : corpora) {
      bar.begin(corpus.name());
      all.corpus(corpus, () -> bar.add(1));
    }
    all.confidence();
    bar.begin("cost");
    all.cost(costSeries);
    bar.end();
    return figures;
  }

  private List<String> throughJobs(List<FailureCorpus> corpora, Figures figures)
      throws InterruptedException {
    ThroughJobs jobs = new ThroughJobs(corpora, throughJobs);
    ProgressBar bar =
        new ProgressBar(System.err, Boolean.getBoolean("tocsin.terminal"), jobs.steps());
    bar.begin("through the jobs");
    List<String> cases = jobs.measure(figures::put, () -> bar.add(1));
    bar.end();
    return cases;
  }

  private String command() {
    return "./tocsin evaluate causes DIR"
        + (costSeries == MANY_SERIES ? "" : " --cost-series " + costSeries)
        + (throughJobs > 0 ? " --through-jobs " + throughJobs : "");
  }

  private List<FailureCorpus> read() {
    if (!Files.isDirectory(directory)) {
      throw new LocalRunException(directory + " is not a directory; give one that holds failures.");
    }
    List<FailureCorpus> corpora = FailureCorpora.read(directory);
    for (FailureCorpus corpus : corpora) {
      List<Flaw> flaws = corpus.origin().flaws();
      flaws.stream().limit(TOLD_FLAWS).forEach(flaw -> System.err.println("  " + flaw));
      if (flaws.size() > TOLD_FLAWS) {
        System.err.println("  and " + (flaws.size() - TOLD_FLAWS) + " more");
      }
    }
    if (corpora.stream().allMatch(corpus -> corpus.failures().isEmpty())) {
      throw new LocalRunException(
          directory
              + " holds no failures of a known layout: those of RCD, PetShop, Nezha and"
              + " RootCauseBench, or directories with case.json and metrics.csv.");
    }
    return corpora;
  }
}
