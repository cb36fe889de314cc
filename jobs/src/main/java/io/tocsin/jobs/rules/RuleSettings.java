// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.rules;

import io.tocsin.models.rules.Rules;
import java.io.Serializable;
import java.util.List;

/** Which metrics are symptoms. */
public record RuleSettings(List<String> presets) implements Serializable {
  /** What is shipped. */
  public static final RuleSettings DEFAULTS = new RuleSettings(List.of());

  /** The rules. */
  public Rules rules() {
    return Rules.of(List.of());
  }
}
