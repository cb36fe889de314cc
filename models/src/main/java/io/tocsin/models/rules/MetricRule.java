// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rules;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the metrics that match: what a deviation may do, to which side and from which
 * size it matters. The first rule that matches a series holds.
 *
 * @param metric name or glob ({@code *} any text, {@code |} alternatives)
 * @param labels globs that labels must match; an absent label is the empty string
 * @param role what a deviation may do
 * @param direction the side that matters
 * @param kind overrides metadata and naming rules, or null
 * @param unit unit of the scored value, or empty to take it from the name
 * @param minAbsolute a deviation smaller than this, in the unit of the scored value, is none
 * @param minRelative a deviation smaller than this part of the expected value is none
 * @param export whether score and band are written to Prometheus
 */
public record MetricRule(
    Glob metric,
    Map<String, Glob> labels,
    Role role,
    Side direction,
    @Nullable MetricKind kind,
    String unit,
    double minAbsolute,
    double minRelative,
    boolean export)
    implements Serializable {

  /** The side or sides of a band on which a deviation matters. */
  public enum Side {
    UP,
    DOWN,
    BOTH
  }

  public MetricRule {
    labels = Map.copyOf(labels);
    if (!(minAbsolute >= 0) || !(minRelative >= 0)) {
      throw new IllegalArgumentException("minAbsolute and minRelative must be zero or more");
    }
  }

  /** Whether this rule speaks of the series. */
  public boolean matches(Labels series) {
    return metric.matches(series.metric()) && matchesLabels(series);
  }

  /** Whether the series' labels, its name aside, are those that this rule asks for. */
  boolean matchesLabels(Labels series) {
    for (Map.Entry<String, Glob> label : labels.entrySet()) {
      if (!label.getValue().matches(series.get(label.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
