// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.baselines.Baselines;
import io.tocsin.benchmarks.quality.corpora.Corpora;
import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.corpora.Flaw;
import io.tocsin.benchmarks.quality.corpora.Layout;
import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Shipped;
import io.tocsin.benchmarks.speed.Machine;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has the detector and its baselines score all corpora of a directory. */
@CommandLine.Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = "The detector of metrics beside its baselines, on the corpora of a directory.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class MetricsEvaluation implements Callable<Integer> {
  /** So many flaws of a corpus are told one by one. */
  private static final int TOLD_FLAWS = 20;

  /** What takes little memory is measured with so many series too. */
  private static final int MANY_SERIES = 100_000;

  @Parameters(paramLabel = "DIR", description = "One corpus, or a directory with many.")
  private Path directory;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there.")
  private @Nullable Path json;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these candidates: ${COMPLETION-CANDIDATES}",
      completionCandidates = CandidateNames.class)
  private List<String> only = List.of();

  @Option(
      names = "--checkout",
      paramLabel = "DIRECTORY",
      defaultValue = "${sys:tocsin.home:-.}",
      description = "Where the sources lie.")
  private Path checkout;

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
    List<Corpus> corpora = read();
    Map<String, Figures> figures = evaluate(corpora, candidates);
    EvaluationTables tables = new EvaluationTables(titled(candidates, figures));
    corpora.forEach(tables::corpus);
    tables.cost();
    System.out.println(tables.markdown());
    corpora.forEach(MetricsEvaluation::tellMissing);
    EvaluationFile file =
        new EvaluationFile(Machine.of(checkout), new Shipped().configurationHash(), corpora);
    System.out.println(file.origin());
    if (json != null) {
      file.write(json, named(candidates, figures));
    }
    return 0;
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

  private List<Corpus> read() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new LocalRunException(directory + " is not a directory; give one that holds corpora.");
    }
    Map<Path, Layout> found = Corpora.find(directory);
    Map<Path, String> names = Corpora.names(found);
    List<Corpus> corpora = new ArrayList<>();
    for (Map.Entry<Path, Layout> each : found.entrySet()) {
      System.err.println("Reading " + each.getKey());
      Corpus corpus =
          Corpora.read(each.getKey(), each.getValue(), names.getOrDefault(each.getKey(), ""));
      tellFlaws(corpus);
      if (!corpus.subjects().isEmpty()) {
        corpora.add(corpus);
      }
    }
    if (corpora.isEmpty()) {
      throw new LocalRunException(
          directory
              + " holds no corpus of a known layout: NAB, timestamp,value,label,"
              + " TimeStamp,Value,Label, or train and test directories of servers.");
    }
    return corpora;
  }

  private static void tellFlaws(Corpus corpus) {
    corpus.flaws().stream().limit(TOLD_FLAWS).forEach(flaw -> System.err.println("  " + flaw));
    int more = corpus.flaws().size() - TOLD_FLAWS;
    if (more > 0) {
      System.err.println("  and " + more + " more");
    }
  }

  private static void tellMissing(Corpus corpus) {
    List<String> files =
        corpus.flaws().stream().filter(Flaw::wholeFile).map(Flaw::file).distinct().toList();
    long lines = corpus.flaws().stream().filter(flaw -> !flaw.wholeFile()).count();
    if (!files.isEmpty() || lines > 0) {
      System.out.println(
          "Missing from all figures of %s: %d lines; files: %s"
              .formatted(
                  corpus.name(), lines, files.isEmpty() ? "none" : String.join(", ", files)));
    }
  }

  private static Map<String, Figures> evaluate(List<Corpus> corpora, List<Candidate> candidates) {
    long samples = corpora.stream().mapToLong(Corpus::samples).sum();
    ProgressBar bar =
        new ProgressBar(
            System.err, Boolean.getBoolean("tocsin.terminal"), samples * candidates.size());
    Map<String, Figures> figures = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      Figures of = new Figures();
      long cpuNanos = 0;
      for (Corpus corpus : corpora) {
        bar.begin(candidate.title() + " on " + corpus.name());
        List<Scores> scores = scores(corpus, candidate, bar);
        cpuNanos += scores.stream().mapToLong(Scores::cpuNanos).sum();
        of.putAll("", Measurement.of(corpus, scores));
      }
      bar.begin("cost of " + candidate.title());
      of.putAll("", cost(candidate));
      of.put("cost.ns_per_sample_of_corpora", (double) cpuNanos / samples);
      figures.put(candidate.name(), of);
    }
    bar.end();
    return figures;
  }

  private static Figures cost(Candidate candidate) {
    // The first one is for the compiler.
    CandidateCost unused = CandidateCost.of(candidate, candidate.costSeries() / 10);
    Figures cost = CandidateCost.of(candidate, candidate.costSeries()).figures();
    if (candidate.costSeries() >= MANY_SERIES / 10) {
      double nanos = CandidateCost.of(candidate, MANY_SERIES).nanosPerSample();
      cost.put("cost.ns_per_sample_at_100k_series", nanos);
    }
    return cost;
  }

  /** Subjects know nothing of each other, so that their order does not matter. */
  private static List<Scores> scores(Corpus corpus, Candidate candidate, ProgressBar bar) {
    return corpus.subjects().parallelStream()
        .map(subject -> Scores.of(subject, candidate, bar::add))
        .toList();
  }

  private static Map<String, Figures> titled(
      List<Candidate> candidates, Map<String, Figures> figures) {
    Map<String, Figures> titled = new LinkedHashMap<>();
    candidates.forEach(
        each -> titled.put(each.title(), figures.getOrDefault(each.name(), new Figures())));
    return titled;
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
