// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.detectors.Effect;
import io.tocsin.models.rules.Glob;
import io.tocsin.models.rules.MetricRule;
import io.tocsin.models.rules.MetricRule.Side;
import io.tocsin.models.rules.Role;
import io.tocsin.models.series.SeriesPolicies;
import io.tocsin.models.series.SeriesPolicy;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.NamingRules;
import java.util.Map;

/** What is known of the series that lines are counted in: all are evidence, to either side. */
public final class LogPolicies implements SeriesPolicies {
  private static final double LEAST_RELATIVE = 0.5;
  private static final double LEAST_RATIO = 0.02;
  private static final double LEAST_DISTANCE = 0.1;

  private static final SeriesPolicy COUNTED =
      policy(Side.BOTH, NamingRules.PER_SECOND, new Effect(0, LEAST_RELATIVE, true));

  private static final SeriesPolicy RATIO =
      policy(Side.UP, "ratio", new Effect(LEAST_RATIO, LEAST_RELATIVE));

  private static final SeriesPolicy DISTANCE =
      policy(Side.UP, "ratio", new Effect(LEAST_DISTANCE, LEAST_RELATIVE));

  private static SeriesPolicy policy(Side side, String unit, Effect effect) {
    MetricRule rule =
        new MetricRule(
            new Glob("log_*"),
            Map.of(),
            Role.EVIDENCE,
            side,
            MetricKind.GAUGE,
            unit,
            effect.absolute(),
            effect.relative(),
            false);
    return new SeriesPolicy(MetricKind.GAUGE, rule, effect, unit);
  }

  @Override
  public SeriesPolicy of(Labels labels, MetricKind declared) {
    return switch (labels.metric()) {
      case LogSeries.LEVEL_RATIO -> RATIO;
      case LogSeries.MIX -> DISTANCE;
      default -> COUNTED;
    };
  }

  @Override
  public Entity entityOf(Labels labels) {
    return LogSeries.entityOf(labels);
  }
}
