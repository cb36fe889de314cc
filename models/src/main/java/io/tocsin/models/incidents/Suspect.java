// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import java.util.List;

/**
 * A candidate for the cause.
 *
 * @param entity what is suspected
 * @param score its severity over all its evidence, unit-free, comparable within one incident only
 * @param confidence its share of the probability, in [0, 1]; the shares of all suspects add up to
 *     at most 1
 * @param onset its earliest deviation, ms since the epoch
 * @param evidence the strongest first
 */
public record Suspect(
    Entity entity, double score, double confidence, long onset, List<Evidence> evidence) {
  public Suspect {
    evidence = List.copyOf(evidence);
  }
}
