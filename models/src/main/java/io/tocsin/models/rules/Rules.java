// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rules;

import io.tocsin.models.telemetry.MetricKind;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is known about metrics beforehand, in the order of precedence.
 *
 * @param ordered the first that matches a series holds
 * @param byKind what holds for a series that none matches; every kind has one
 */
public record Rules(List<MetricRule> ordered, Map<MetricKind, MetricRule> byKind)
    implements Serializable {

  /** A tenth of what is expected: less is no finding, whatever its probability. */
  private static final double MIN_RELATIVE = 0.1;

  public Rules {
    ordered = List.copyOf(ordered);
    byKind = Map.copyOf(byKind);
    for (MetricKind kind : MetricKind.values()) {
      if (!byKind.containsKey(kind)) {
        throw new IllegalArgumentException("no rule for series of kind " + kind);
      }
    }
  }

  /** These rules, and for the rest: all is evidence, to both sides, but for infos and states. */
  public static Rules of(List<MetricRule> ordered) {
    Map<MetricKind, MetricRule> byKind = new EnumMap<>(MetricKind.class);
    for (MetricKind kind : MetricKind.values()) {
      byKind.put(kind, everything(roleOf(kind)));
    }
    return new Rules(ordered, byKind);
  }

  /** The rule that gives a role to every series. */
  static MetricRule everything(Role role) {
    return new MetricRule(
        new Glob("*"),
        Map.of(),
        role,
        MetricRule.Side.BOTH,
        null,
        "",
        0,
        role == Role.IGNORED ? 0 : MIN_RELATIVE,
        false);
  }

  private static Role roleOf(MetricKind kind) {
    return switch (kind) {
      case INFO, STATE_SET -> Role.IGNORED;
      case UNKNOWN, COUNTER, GAUGE, HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> Role.EVIDENCE;
    };
  }
}
