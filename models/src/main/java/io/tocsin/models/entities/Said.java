// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.findings.Contribution;
import io.tocsin.models.findings.Direction;
import java.util.List;

/**
 * What a model says of an entity in a tick.
 *
 * @param score 1.0 is the boundary
 * @param observed the quantity that the model judges
 * @param expected the usual one
 * @param lower lower end of what is usual
 * @param upper upper end of what is usual
 */
record Said(
    double score,
    double observed,
    double expected,
    double lower,
    double upper,
    Direction direction,
    List<Contribution> contributions) {
  /** Nothing. */
  static final Said NOTHING = new Said(0, 0, 0, 0, 0, Direction.UP, List.of());
}
