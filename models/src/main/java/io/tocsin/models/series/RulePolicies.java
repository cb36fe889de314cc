// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.changes.ObjectFact;
import io.tocsin.models.detectors.Effect;
import io.tocsin.models.rules.MetricRule;
import io.tocsin.models.rules.RuleSet;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.NamingRules;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds policies by the rules for metrics and for entities. Equal policies are one object: there
 * are as many as rules, kinds and units that go together.
 */
public final class RulePolicies implements SeriesPolicies {
  private final RuleSet rules;
  private final EntityRules entities;
  private final Map<SeriesPolicy, SeriesPolicy> known = new HashMap<>();

  public RulePolicies(RuleSet rules, EntityRules entities) {
    this.rules = rules;
    this.entities = entities;
  }

  @Override
  public SeriesPolicy of(Labels labels, MetricKind declared) {
    MetricKind kind = declared == MetricKind.UNKNOWN ? NamingRules.kindOf(labels) : declared;
    MetricRule rule = rules.ruleFor(labels, kind);
    MetricKind decided = rule.kind() == null ? kind : rule.kind();
    String unit =
        rule.unit().isEmpty() ? NamingRules.unitOf(labels.metric(), decided) : rule.unit();
    SeriesPolicy policy =
        new SeriesPolicy(
            decided,
            rule,
            new Effect(rule.minAbsolute(), rule.minRelative(), unit.equals(NamingRules.PER_SECOND)),
            unit,
            ObjectFact.Kind.of(labels.metric()));
    SeriesPolicy same = known.putIfAbsent(policy, policy);
    return same == null ? policy : same;
  }

  @Override
  public Entity entityOf(Labels labels) {
    return entities.of(labels);
  }
}
