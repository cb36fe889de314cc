// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.rules;

import io.tocsin.models.rules.Rules;
import java.io.Serializable;
import java.util.List;

/**
 * Which metrics are symptoms, and from which size a deviation matters.
 *
 * @param own the user's rules; they come before those of the presets
 * @param presets which presets hold, in this order
 */
public record RuleSettings(List<RuleEntry> own, List<Preset> presets) implements Serializable {
  /** Every preset and nothing else. */
  public static final RuleSettings DEFAULTS = new RuleSettings(List.of(), Presets.all());

  public RuleSettings {
    own = List.copyOf(own);
    presets = List.copyOf(presets);
  }

  /** All rules in their order. */
  public Rules rules() {
    return Presets.rules(own, presets);
  }
}
