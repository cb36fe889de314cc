// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.corpora.Corpus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a figure of what is shipped is to reach.
 *
 * @param figure its name
 * @param atMost whether less is better
 * @param goal what it is to reach
 * @param stretch what would be better still
 */
record Goal(String figure, boolean atMost, double goal, double stretch) {

  private static final List<Goal> QUALITY =
      List.of(
          atLeast("nab.standard", 75, 80),
          atLeast("nab.low_fp", 67.1, 72),
          atLeast("nab.low_fn", 80.5, 85),
          atLeast("nab_strict.standard", 65, 70),
          atLeast("nab.cloudwatch_found", 8, 8),
          atMost("nab.cloudwatch_alerts", 10, 9),
          atLeast("kpi.delay7_f1", 0.75, 0.80),
          atLeast("kpi.event_f1", 0.62, 0.70),
          atLeast("microsoft.event_f1", 0.58, 0.65),
          atLeast("asd.event_f1", 0.45, 0.55));

  private static final List<Goal> COST =
      List.of(
          atMost("cost.ns_per_sample", 1000, 400),
          atMost("cost.bytes_per_series", 2048, 640),
          atMost("cost.snapshot_bytes_per_series", 2048, 640));

  private static final List<Goal> LOGS =
      List.of(
          atLeast("ga.mean", 0.92, 0.98),
          atLeast("fga.mean", 0.88, 0.93),
          atLeast("lines_per_cpu_second", 500_000, 1_000_000),
          atLeast("miner.times_drain", 8, 8),
          atLeast("miner.times_masked_drain", 8, 8));

  private static final List<Goal> CAUSES =
      List.of(
          atLeast("rcd-sockshop.service.avg5", 0.995, 1),
          atLeast("rcd-sockshop.late60.service.avg5", 0.99, 1),
          atLeast("rcd-sockshop.detected.service.avg5", 0.98, 1),
          atLeast("petshop.latency.service.ac1", 0.75, 1),
          atLeast("petshop.latency.service.ac3", 0.90, 1),
          atLeast("petshop.availability.service.ac1", 0.92, 1),
          atLeast("petshop.availability.service.ac3", 1, 1),
          atLeast("petshop.specificity", 0.90, 1),
          atLeast("nezha-ob.service.avg5", 0.75, 1),
          atLeast("nezha-tt.service.ac1", 0.75, 1),
          atLeast("nezha-tt.service.ac3", 0.88, 1),
          atLeast("rootcausebench.change.right", 10, 12),
          atMost("rootcausebench.change.wrong", 0, 0),
          atLeast("rcd-sockshop.findings.service.avg5", 0.98, 1),
          atLeast("petshop.latency.findings.service.ac1", 0.75, 1),
          atLeast("petshop.latency.findings.service.ac3", 0.90, 1),
          atLeast("petshop.availability.findings.service.ac1", 0.92, 1),
          atLeast("petshop.availability.findings.service.ac3", 1, 1),
          atLeast("nezha-ob.findings.service.avg5", 0.75, 1),
          atLeast("nezha-tt.findings.service.ac1", 0.75, 1),
          atLeast("nezha-tt.findings.service.ac3", 0.88, 1),
          atMost("rcd-sockshop.first_list_seconds", 1, 0.1),
          atMost("rcd-sockshop.stable_intervals", 2, 1),
          atMost("cost.cpu_seconds_per_incident", 0.2, 0.1),
          atMost("cost.job_cpu_seconds_per_incident", 0.2, 0.1));

  /** Those of causes. */
  static List<Goal> ofCauses() {
    return CAUSES;
  }

  /** Those of the incidents of the shop. */
  static List<Goal> ofShop() {
    return List.of(
        atLeast("shop.found_share", 1, 1),
        atMost("shop.others", 0, 0),
        atMost("shop.false_incidents_healthy", 0, 0),
        atLeast("shop.ac1", 0.9, 1));
  }

  /** Those of patterns; few new ones are a goal for every stream. */
  static List<Goal> ofLogs(Collection<String> streams) {
    List<Goal> all = new ArrayList<>(LOGS);
    streams.forEach(name -> all.add(atMost("stream." + name + ".churn", 0.01, 0.01)));
    return all;
  }

  /** Those that these corpora can tell about; few false alarms are a goal for every one. */
  static List<Goal> of(List<Corpus> corpora) {
    List<Goal> all = new ArrayList<>(QUALITY);
    corpora.forEach(
        corpus -> all.add(atMost(corpus.name() + ".false_alarms_per_series_day", 0.02, 0.005)));
    all.addAll(COST);
    return all;
  }

  private static Goal atLeast(String figure, double goal, double stretch) {
    return new Goal(figure, false, goal, stretch);
  }

  private static Goal atMost(String figure, double goal, double stretch) {
    return new Goal(figure, true, goal, stretch);
  }

  /** Whether a measured value is good enough, and how far it is from the goal. */
  String verdict(double measured) {
    boolean met = atMost ? measured <= goal : measured >= goal;
    boolean better = atMost ? measured <= stretch : measured >= stretch;
    String missed = "missed by " + Figures.text(Math.abs(goal - measured));
    return better ? "stretch met" : met ? "met" : missed;
  }

  /** A bound as it is written in tables. */
  String bound(double value) {
    return (atMost ? "≤ " : "≥ ") + Figures.text(value);
  }
}
