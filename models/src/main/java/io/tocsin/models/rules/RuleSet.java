// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rules;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link Rules} made ready to be asked once per series: rules for plain names lie in a hash map,
 * and only those with a star are tried one after the other.
 */
public final class RuleSet {
  private static final String OWN = "tocsin_";
  private static final MetricRule IGNORED = Rules.everything(Role.IGNORED);

  private final Rules rules;
  private final Map<String, List<Integer>> byName = new HashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();

  /** One alternative with a star: the rule it belongs to, and the text around the stars. */
  private record Pattern(int rule, String prefix, String suffix, Glob glob) {
    static Pattern of(int rule, String glob) {
      return new Pattern(
          rule,
          glob.substring(0, glob.indexOf('*')),
          glob.substring(glob.lastIndexOf('*') + 1),
          new Glob(glob));
    }

    boolean matches(String metric) {
      return metric.startsWith(prefix) && metric.endsWith(suffix) && glob.matches(metric);
    }
  }

  public RuleSet(Rules rules) {
    this.rules = rules;
    for (int rule = 0; rule < rules.ordered().size(); rule++) {
      for (String name : rules.ordered().get(rule).metric().alternatives()) {
        if (name.indexOf('*') < 0) {
          byName.computeIfAbsent(name, any -> new ArrayList<>()).add(rule);
        } else {
          patterns.add(Pattern.of(rule, name));
        }
      }
    }
  }

  /**
   * The rule that holds for a series: the first that matches, else that of its kind. Series that
   * Tocsin itself writes are ignored whatever the rules say: scoring them would feed on itself.
   */
  public MetricRule ruleFor(Labels series, MetricKind kind) {
    String metric = series.metric();
    if (metric.startsWith(OWN)) {
      return IGNORED;
    }
    int named = firstNamed(metric, series);
    for (Pattern pattern : patterns) {
      if (pattern.rule() > named) {
        break;
      }
      if (pattern.matches(metric) && rules.ordered().get(pattern.rule()).matchesLabels(series)) {
        return rules.ordered().get(pattern.rule());
      }
    }
    return named < rules.ordered().size()
        ? rules.ordered().get(named)
        : rules.byKind().getOrDefault(kind, IGNORED);
  }

  /** The first rule with this very name that matches, or the number of rules. */
  private int firstNamed(String metric, Labels series) {
    for (int rule : byName.getOrDefault(metric, List.of())) {
      if (rules.ordered().get(rule).matchesLabels(series)) {
        return rule;
      }
    }
    return rules.ordered().size();
  }
}
