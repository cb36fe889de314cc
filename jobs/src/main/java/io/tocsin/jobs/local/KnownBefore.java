// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.jobs.incidents.CallSettings;
import io.tocsin.jobs.rules.RuleSettings;

/**
 * What the jobs of a local run are told beforehand of what they will see.
 *
 * @param metrics which metrics are symptoms, and from which size a deviation matters
 * @param calls who calls whom, beside what metrics tell
 */
public record KnownBefore(RuleSettings metrics, CallSettings calls) {
  /** What is shipped. */
  public static final KnownBefore DEFAULTS =
      new KnownBefore(RuleSettings.DEFAULTS, CallSettings.DEFAULTS);
}
