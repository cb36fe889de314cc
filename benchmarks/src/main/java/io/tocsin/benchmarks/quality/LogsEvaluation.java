// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.corpora.Flaw;
import io.tocsin.benchmarks.quality.logs.LogCorpus;
import io.tocsin.benchmarks.quality.logs.LogCorpusReader;
import io.tocsin.benchmarks.quality.scorers.SettingsText;
import io.tocsin.jobs.local.LocalRunException;
import io.tocsin.models.patterns.PatternSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has the miner of patterns read all logs of a directory. */
@CommandLine.Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "The miner of log patterns beside Drain, on the logs of a directory.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class LogsEvaluation implements Callable<Integer> {
  private static final String DOCUMENT = "benchmarks/README.md";

  @Parameters(
      paramLabel = "DIR",
      description =
          "Systems as LogHub publishes them, tables of sessions, plain logs: alone or many.")
  private Path directory;

  @Option(
      names = "--distinct-lines",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "So many lines no two of which are alike; ${DEFAULT-VALUE} unless given.")
  private long distinctLines;

  @Option(
      names = "--no-speed",
      description = "Leave out how quick it is, and what its state takes.")
  private boolean noSpeed;

  @Mixin private EvaluationOutput output;

  @Override
  public Integer call() throws IOException {
    LogCorpus corpus = read();
    String configuration = SettingsText.hash(SettingsText.of(PatternSettings.DEFAULTS));
    EvaluationFile file = output.file(command(), configuration, List.of(corpus.origin()));
    LogFigures figures = new LogFigures();
    figures.systems(corpus.systems());
    figures.sessions(corpus.sessions());
    figures.streams(corpus.streams());
    figures.distinctLines(distinctLines);
    if (!noSpeed && !corpus.systems().isEmpty()) {
      figures.state(corpus.systems());
      figures.speed(corpus.systems());
    }
    String tables = new LogTables(figures.figures(), corpus).markdown();
    System.out.println(tables);
    System.out.print(file.missing());
    output.finish(file, figures.figures(), "logs", DOCUMENT, tables);
    return 0;
  }

  private String command() {
    return "./tocsin evaluate logs DIR"
        + (distinctLines == 1_000_000 ? "" : " --distinct-lines " + distinctLines)
        + (noSpeed ? " --no-speed" : "");
  }

  private LogCorpus read() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new LocalRunException(directory + " is not a directory; give one that holds logs.");
    }
    LogCorpus corpus = LogCorpusReader.read(directory);
    for (Flaw flaw : corpus.origin().flaws()) {
      System.err.println("  " + flaw);
    }
    if (corpus.isEmpty()) {
      throw new LocalRunException(
          directory
              + " holds no logs: no *.log_structured.csv of LogHub, no table with the columns"
              + " split, label and events, no *.log.");
    }
    return corpus;
  }
}
