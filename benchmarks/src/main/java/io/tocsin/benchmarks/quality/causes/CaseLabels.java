// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.jobs.rules.Preset;
import io.tocsin.jobs.rules.RuleEntry;
import io.tocsin.jobs.rules.RuleSettings;
import io.tocsin.models.rules.Glob;
import io.tocsin.models.rules.MetricRule;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.EntityLabels;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.NamingRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the series of a case are told to the jobs. A series says itself, by labels, whether it is a
 * symptom, in which unit it is and to which side it does harm, and {@link #RULES} take it at its
 * word; all of them are gauges. Names begin such that no exporter is meant; those of calls are
 * names of service graphs, and of calls to somebody unknown, a client's.
 */
final class CaseLabels {
  private static final String ROLE = "role";
  private static final String UNIT = "unit";
  private static final String HARM = "harm";
  private static final String NO_UNIT = "none";
  private static final String SECONDS = "seconds";

  /** What counts for a metric of which nothing is known. */
  private static final Size ANY = new Size(0, 0.1);

  /** What counts for times of answers, and for errors, by the presets. */
  private static final Size OF_TIMES = new Size(0.02, 0.3);

  private static final Size OF_ERRORS = new Size(0, 0.5);

  /** Symptoms are those that a case calls so, and no others. */
  static final RuleSettings RULES =
      new RuleSettings(
          List.of(Preset.values()),
          List.of(
              symptom(MetricRule.Side.UP, SECONDS, OF_TIMES),
              symptom(MetricRule.Side.UP, NO_UNIT, OF_ERRORS),
              symptom(MetricRule.Side.DOWN, NO_UNIT, ANY),
              evidence(SECONDS),
              evidence(NO_UNIT)));

  private static final EntityRules ENTITIES = new EntityRules(EntityLabels.DEFAULTS);

  /** From which size a deviation matters, in the metric's unit and as a part of what is usual. */
  private record Size(double absolute, double relative) {}

  private CaseLabels() {}

  private static RuleEntry symptom(MetricRule.Side side, String unit, Size least) {
    Map<String, Glob> labels =
        Map.of(
            ROLE, new Glob(word(Role.SYMPTOM)), UNIT, new Glob(unit), HARM, new Glob(word(side)));
    return rule(labels, Role.SYMPTOM, side, unit, least);
  }

  private static RuleEntry evidence(String unit) {
    Map<String, Glob> labels = Map.of(ROLE, new Glob(word(Role.EVIDENCE)), UNIT, new Glob(unit));
    return rule(labels, Role.EVIDENCE, MetricRule.Side.BOTH, unit, ANY);
  }

  private static RuleEntry rule(
      Map<String, Glob> labels, Role role, MetricRule.Side side, String unit, Size least) {
    return new RuleEntry(
        new Glob("*"),
        labels,
        role,
        side,
        MetricKind.GAUGE,
        unit.equals(NO_UNIT) ? "" : unit,
        least.absolute(),
        least.relative(),
        false);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** What the jobs take a series to be about; of calls it is who is called. */
  static Entity entityOf(Labels series) {
    return ENTITIES.of(series);
  }

  /**
   * The labels of a series; all of one case differ, by the label that has the metric's whole name.
   *
   * @param place cluster and namespace of everything in its case
   */
  static Labels of(CaseSeries series, String place) {
    Map<String, String> labels = new TreeMap<>();
    String family = CauseBaselines.family(series.metric());
    labels.put(Labels.NAME, beginning(series.peer()) + valid(family));
    labels.put("metric", series.metric());
    // How often somebody is called is what callers do, whoever counts it.
    boolean felt = series.symptom() && !NamingRules.isLoad(family);
    labels.put(ROLE, word(felt ? Role.SYMPTOM : Role.EVIDENCE));
    String unit = SampleRows.unit(family);
    labels.put(UNIT, unit.isEmpty() ? NO_UNIT : unit);
    labels.put(
        HARM, word(SampleRows.isGood(series.metric()) ? MetricRule.Side.DOWN : MetricRule.Side.UP));
    labels.put("cluster", place);
    labels.put("namespace", place);
    labels.put("workload", series.entity().workload());
    labels.put("service", series.entity().service());
    labels.put("node", series.entity().node());
    labels.put("instance", series.entity().instance());
    Entity peer = series.peer();
    if (peer != null && !peer.equals(Entity.NONE)) {
      labels.put("client", series.entity().service());
      labels.put("server", peer.service());
      labels.put("client_namespace", place);
      labels.put("server_namespace", place);
    }
    labels.values().removeIf(String::isEmpty);
    return Labels.of(labels);
  }

  private static String beginning(@Nullable Entity peer) {
    if (peer == null) {
      return "case_";
    }
    return peer.equals(Entity.NONE) ? "case_client_" : "traces_service_graph_";
  }

  /** A metric's name in Prometheus' alphabet. */
  private static String valid(String metric) {
    return metric.replaceAll("[^a-zA-Z0-9_]", "_");
  }
}
