// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.corpora.Layout;
import io.tocsin.benchmarks.quality.corpora.Segment;
import io.tocsin.benchmarks.quality.corpora.Subject;
import io.tocsin.benchmarks.quality.measures.AveragePrecision;
import io.tocsin.benchmarks.quality.measures.DelayedF1;
import io.tocsin.benchmarks.quality.measures.Events;
import io.tocsin.benchmarks.quality.measures.FalseAlarms;
import io.tocsin.benchmarks.quality.measures.NabFile;
import io.tocsin.benchmarks.quality.measures.NabProfile;
import io.tocsin.benchmarks.quality.measures.NabScore;
import io.tocsin.benchmarks.quality.measures.RootCauses;
import io.tocsin.benchmarks.quality.measures.VolumeUnderSurface;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Takes all measures that fit a corpus of what one candidate said of it. */
final class Measurement {
  /** Where scores are alarms. */
  private static final double BOUNDARY = 1;

  /** How many thresholds are tried for the best, evenly over the logarithm of the rank. */
  private static final int THRESHOLDS = 60;

  /** The files of OpenSearch's published comparison of its releases 2.9 and 2.17. */
  private static final Set<String> CLOUDWATCH =
      Set.of(
          "realAWSCloudwatch/ec2_cpu_utilization_24ae8d.csv",
          "realAWSCloudwatch/ec2_network_in_257a54.csv",
          "realAWSCloudwatch/ec2_disk_write_bytes_1ef3de.csv",
          "realAWSCloudwatch/rds_cpu_utilization_e47b3b.csv",
          "realAWSCloudwatch/rds_cpu_utilization_cc0c53.csv");

  private final Corpus corpus;
  private final List<Scores> scores;
  private final Figures figures = new Figures();

  private Measurement(Corpus corpus, List<Scores> scores) {
    this.corpus = corpus;
    this.scores = scores;
  }

  /** The figures of a corpus, by names that begin with the corpus's. */
  static Figures of(Corpus corpus, List<Scores> scores) {
    Measurement measurement = new Measurement(corpus, scores);
    if (corpus.layout() == Layout.NAB) {
      measurement.nab();
    }
    if (corpus.layout() == Layout.KPI) {
      measurement.delayed();
    }
    if (corpus.labelled()) {
      measurement.events();
      measurement.ranking();
      measurement.causes();
    }
    measurement.falseAlarms();
    return measurement.figures;
  }

  private void put(String name, double value) {
    figures.put(corpus.name() + "." + name, value);
  }

  private void nab() {
    List<NabFile> files =
        scores.stream().map(each -> new NabFile(each.of(0), each.subject().segments())).toList();
    for (NabProfile profile : NabProfile.values()) {
      NabScore best = NabScore.best(files, profile);
      put(profile.figure(), best.score());
      // No candidate is told the length of probation, so that NAB's rules and the strict ones
      // give the same; the threshold is the one chosen with the labels in both.
      figures.put(corpus.name() + "_strict." + profile.figure(), best.score());
      put(profile.figure() + "_at_1", NabScore.at(BOUNDARY, files, profile).score());
    }
    List<NabFile> onsets =
        scores.stream()
            .map(each -> new NabFile(Onsets.of(each.of(0)), each.subject().segments()))
            .toList();
    for (NabProfile profile : NabProfile.values()) {
      put(profile.figure() + "_onsets", NabScore.best(onsets, profile).score());
    }
    Events events = events(each -> CLOUDWATCH.contains(each.subject().name()));
    put("cloudwatch_found", events.found());
    put("cloudwatch_segments", events.segments());
    put("cloudwatch_alerts", events.alerts());
  }

  private void delayed() {
    DelayedF1 delayed = new DelayedF1();
    scores.forEach(each -> delayed.add(each.subject(), each.of(0)));
    put("delay7_f1", delayed.at(BOUNDARY));
    put("delay7_f1_oracle", delayed.oracle());
  }

  private Events events(Predicate<Scores> which) {
    Events events = new Events();
    scores.stream().filter(which).forEach(each -> events.add(each.subject(), each.alarmed()));
    return events;
  }

  private void events() {
    Events events = events(each -> true);
    put("event_f1", events.f1());
    put("event_f1_oracle", bestEventF1());
    put("event_precision", events.precision());
    put("event_recall", events.recall());
    put("alerts", events.alerts());
    put("segments", events.segments());
    put("delay_minutes_median", events.delayMinutes(0.5));
    put("delay_minutes_p90", events.delayMinutes(0.9));
  }

  private double bestEventF1() {
    List<double[]> highest = scores.stream().map(Scores::highest).toList();
    double[] sorted = highest.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    double best = 0;
    double last = Double.NaN;
    for (int i = 0; i < THRESHOLDS; i++) {
      int rank = (int) Math.pow(sorted.length / 2.0, (i + 1.0) / THRESHOLDS);
      double threshold = sorted[sorted.length - Math.max(1, rank)];
      if (threshold > 0 && threshold != last) {
        best = Math.max(best, eventsAt(threshold, highest).f1());
      }
      last = threshold;
    }
    return best;
  }

  private Events eventsAt(double threshold, List<double[]> highest) {
    Events events = new Events();
    for (int i = 0; i < highest.size(); i++) {
      double[] of = highest.get(i);
      events.add(scores.get(i).subject(), index -> of[index] >= threshold);
    }
    return events;
  }

  private void ranking() {
    AveragePrecision precision = new AveragePrecision();
    VolumeUnderSurface volume = new VolumeUnderSurface();
    for (Scores each : scores) {
      Subject subject = each.subject();
      double[] highest = each.highest();
      precision.add(highest, subject.labels(), subject.labelledFrom());
      volume.add(highest, subject.segments(), subject.labelledFrom());
    }
    put("average_precision", precision.value());
    put("vus_pr", volume.value());
  }

  private void causes() {
    RootCauses causes = new RootCauses();
    for (Scores each : scores) {
      for (Segment segment : each.subject().segments()) {
        causes.add(
            segment,
            IntStream.range(0, each.subject().metrics())
                .mapToObj(metric -> highest(each.of(metric), segment))
                .toList());
      }
    }
    if (causes.segments() > 0) {
      put("hit_rate_100", causes.hitRate100());
      put("hit_rate_150", causes.hitRate150());
      put("mrr", causes.meanReciprocalRank());
    }
  }

  private static double highest(double[] scores, Segment segment) {
    return Arrays.stream(scores, segment.from(), segment.to() + 1).max().orElse(0);
  }

  private void falseAlarms() {
    FalseAlarms alarms = new FalseAlarms();
    for (Scores each : scores) {
      for (int metric = 0; metric < each.subject().metrics(); metric++) {
        alarms.add(each.subject(), each.alarmed(metric));
      }
    }
    put("false_alarms_per_series_day", alarms.perSeriesDay());
    put("series_without_false_alarm", alarms.silentPart());
    if (scores.stream().anyMatch(each -> each.subject().metrics() > 1)) {
      FalseAlarms subjects = new FalseAlarms();
      scores.forEach(each -> subjects.add(each.subject(), each.alarmed()));
      double metrics =
          scores.stream().mapToInt(each -> each.subject().metrics()).average().orElse(1);
      put("subject_false_alarms_per_day", subjects.perSeriesDay());
      put("subject_false_alarms_per_series_day", subjects.perSeriesDay() / metrics);
    }
  }
}
