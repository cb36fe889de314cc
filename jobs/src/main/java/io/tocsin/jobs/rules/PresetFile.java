// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.rules;

import java.util.List;

/**
 * What a preset's file holds.
 *
 * @param rules the first that matches a series holds
 */
record PresetFile(List<RuleEntry> rules) {
  static final PresetFile EMPTY = new PresetFile(List.of());
}
