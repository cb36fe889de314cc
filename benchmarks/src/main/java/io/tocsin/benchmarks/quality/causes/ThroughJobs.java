// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.measures.CauseAccuracy;
import io.tocsin.jobs.incidents.CallSettings;
import io.tocsin.jobs.incidents.ConfiguredCall;
import io.tocsin.jobs.local.KnownBefore;
import io.tocsin.jobs.local.LocalRunException;
import io.tocsin.jobs.local.Trial;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.TopologySettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Has the jobs themselves name causes, and holds that against the truth and against the ranking by
 * findings: some cases of each corpus, through Kafka, the gateway, the metrics job and the
 * incidents job. Who calls whom is configured, as far as a corpus knows it.
 */
public final class ThroughJobs {
  private static final long SEED = 1;
  private static final String NEZHA = "Nezha";

  private final List<FailureCorpus> corpora;
  private final int cases;

  /**
   * @param cases how many of each corpus are played, most; the first of an order by chance that is
   *     always the same
   */
  public ThroughJobs(List<FailureCorpus> corpora, int cases) {
    this.corpora = List.copyOf(corpora);
    this.cases = cases;
  }

  /** With what the names of a corpus's figures begin. */
  public static String prefix(FailureCorpus corpus) {
    return corpus.name().replace(' ', '_') + ".jobs.";
  }

  /** How often {@link #measure} tells its progress. */
  public int steps() {
    return corpora.stream().mapToInt(each -> chosen(each).size()).sum();
  }

  /**
   * Plays and measures.
   *
   * @param figures is told figures by name
   * @return what was left out and why, and how it went with each case, in sentences
   * @throws LocalRunException when something of it does not work
   */
  public List<String> measure(BiConsumer<String, Double> figures, Runnable progress)
      throws InterruptedException {
    List<FailureCase> chosen = corpora.stream().flatMap(each -> chosen(each).stream()).toList();
    List<PlayedCase> played = PlayedCase.schedule(chosen);
    JobFindings findings = new JobFindings(played);
    List<Incident> transitions = played.isEmpty() ? List.of() : play(played, findings, progress);
    List<String> told = new ArrayList<>();
    int from = 0;
    for (FailureCorpus corpus : corpora) {
      int until = from + chosen(corpus).size();
      List<JobVerdict> verdicts =
          played.subList(from, until).stream()
              .map(each -> JobVerdict.of(each, transitions, findings))
              .toList();
      if (verdicts.isEmpty()) {
        told.add(corpus.name() + " is not played: " + whyNot(corpus));
      } else {
        tell(prefix(corpus), verdicts, figures);
        verdicts.forEach(each -> told.add(corpus.name() + " " + each));
      }
      from = until;
    }
    return told;
  }

  private static List<Incident> play(List<PlayedCase> all, JobFindings findings, Runnable progress)
      throws InterruptedException {
    KnownBefore known = new KnownBefore(CaseLabels.RULES, callSettings(calls(all)));
    return Trial.ofMetrics(
        known,
        findings::take,
        trial -> {
          CasePlayer player = new CasePlayer(trial);
          for (PlayedCase each : all) {
            player.play(each);
            progress.run();
          }
        });
  }

  /** Room for all of them, beside those that are told. */
  private static CallSettings callSettings(List<ConfiguredCall> calls) {
    TopologySettings usual = CallSettings.DEFAULTS.topology();
    return new CallSettings(
        new TopologySettings(
            usual.retention(),
            usual.edges() + calls.size(),
            usual.edgesPerService() + calls.size()),
        calls);
  }

  private static List<ConfiguredCall> calls(List<PlayedCase> all) {
    Set<ConfiguredCall> calls = new LinkedHashSet<>();
    for (PlayedCase each : all) {
      for (CallEdge edge : each.failure().calls()) {
        String caller = edge.caller().subject();
        String callee = edge.callee().subject();
        if (!caller.isEmpty() && !callee.isEmpty() && !caller.equals(callee)) {
          calls.add(new ConfiguredCall(caller, callee, each.place(), each.place()));
        }
      }
    }
    return List.copyOf(calls);
  }

  private List<FailureCase> chosen(FailureCorpus corpus) {
    if (!whyNot(corpus).isEmpty()) {
      return List.of();
    }
    List<FailureCase> all = new ArrayList<>(known(corpus));
    Collections.shuffle(all, new Random(SEED));
    return List.copyOf(all.subList(0, Math.min(cases, all.size())));
  }

  /** Those of which it is known which service caused them. */
  private static List<FailureCase> known(FailureCorpus corpus) {
    return corpus.failures().stream().filter(each -> !each.truth().services().isEmpty()).toList();
  }

  /** Why a corpus is left out; empty when it is not. */
  private static String whyNot(FailureCorpus corpus) {
    if (!corpus.timed()) {
      return "nobody says when its failures began.";
    }
    if (corpus.origin().layout().equals(NEZHA)) {
      return "in the hours before each of its failures there are others, whose incidents would"
          + " still be open.";
    }
    return known(corpus).isEmpty() ? "it has no failure whose service is known." : "";
  }

  private static void tell(
      String prefix, List<JobVerdict> verdicts, BiConsumer<String, Double> figures) {
    CauseAccuracy jobs = new CauseAccuracy();
    CauseAccuracy ranking = new CauseAccuracy();
    List<JobVerdict> opened = verdicts.stream().filter(JobVerdict::opened).toList();
    for (JobVerdict each : verdicts) {
      Set<String> truth = each.played().failure().truth().services();
      jobs.add(each.suspects(), truth);
      ranking.add(each.ranked().services(), truth);
    }
    double same = verdicts.stream().filter(JobVerdict::sameFindings).count();
    double agreeing = opened.stream().filter(JobVerdict::agrees).count();
    figures.accept(prefix + "cases", (double) verdicts.size());
    figures.accept(prefix + "opened", (double) opened.size());
    figures.accept(prefix + "ac1", jobs.at(1));
    figures.accept(prefix + "ac3", jobs.at(3));
    figures.accept(prefix + "findings_ac1", ranking.at(1));
    figures.accept(prefix + "findings_ac3", ranking.at(3));
    figures.accept(prefix + "same_findings", same / verdicts.size());
    figures.accept(
        prefix + "before", verdicts.stream().mapToInt(JobVerdict::before).average().orElse(0));
    figures.accept(prefix + "agreement", agreeing / opened.size());
    figures.accept(
        prefix + "seconds_p50", CauseRun.median(opened.stream().map(JobVerdict::seconds).toList()));
  }
}
