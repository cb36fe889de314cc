// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.rules;

import io.tocsin.models.rules.Rules;
import java.io.Serializable;
import java.util.List;

/**
 * Which metrics are symptoms, and from which size a deviation matters.
 *
 * @param presets the rules that come with Tocsin and are to hold; the first that matches a series
 *     holds
 * @param rules the user's own, which are asked before all presets
 */
public record RuleSettings(List<Preset> presets, List<RuleEntry> rules) implements Serializable {
  /** What is shipped: every preset. */
  public static final RuleSettings DEFAULTS = new RuleSettings(Presets.all(), List.of());

  public RuleSettings {
    presets = List.copyOf(presets);
    rules = List.copyOf(rules);
  }

  /** All of them in the order in which they are asked. */
  public Rules ordered() {
    return Presets.rules(rules, presets);
  }
}
