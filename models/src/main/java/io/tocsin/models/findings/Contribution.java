// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.findings;

import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Labels;

/**
 * A series that has part in a finding about an entity.
 *
 * @param labels the series; without its running copy where the finding is about what all copies do
 * @param role what a deviation of the series may do
 * @param score by how much it deviates, in boundaries; negative below what was expected
 * @param part its part in the finding, from 0 to 1
 */
public record Contribution(Labels labels, Role role, double score, double part) {}
