// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.rules;

import io.tocsin.connectors.config.Default;
import io.tocsin.models.rules.Glob;
import io.tocsin.models.rules.MetricRule;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MetricRule} as it is written in a file. What a deviation must reach is the greater of
 * {@code minAbsolute} and {@code minRelative} of what is expected.
 *
 * @param metric name or glob ({@code *} any text, {@code |} alternatives); a histogram is judged as
 *     its 0.95 quantile under the name {@code family:p95}
 * @param labels globs that labels must match; an absent label is the empty text
 * @param role what a deviation may do
 * @param direction the side that matters
 * @param kind overrides metadata and naming rules
 * @param unit unit of the value that is judged, where the name does not say it
 * @param minAbsolute least deviation that matters; a counter's value is its rate per second
 * @param minRelative least deviation that matters, as a part of the expected value
 * @param export whether score and band are written to Prometheus
 */
public record RuleEntry(
    Glob metric,
    Map<String, Glob> labels,
    Role role,
    @Default("both") MetricRule.Side direction,
    @Nullable MetricKind kind,
    @Default("") String unit,
    @Default("0") double minAbsolute,
    @Default("10%") double minRelative,
    @Default("false") boolean export)
    implements Serializable {

  public RuleEntry {
    labels = Map.copyOf(labels);
    if (minAbsolute < 0) {
      throw new IllegalArgumentException("minAbsolute must be zero or more");
    }
    if (minRelative < 0) {
      throw new IllegalArgumentException("minRelative must be zero or more");
    }
    if (labels.containsKey(Labels.NAME)) {
      throw new IllegalArgumentException("the metric's name belongs in metric, not in labels");
    }
  }

  MetricRule rule() {
    return new MetricRule(
        metric, labels, role, direction, kind, unit, minAbsolute, minRelative, export);
  }
}
