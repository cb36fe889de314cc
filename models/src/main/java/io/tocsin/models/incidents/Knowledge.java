// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.topology.Topology;
import java.util.List;

/**
 * What is known beside findings; all of it may be empty.
 *
 * @param changes what was changed recently, at least as far back as the settings look
 * @param topology who calls whom
 * @param experience what people have said of earlier incidents
 */
public record Knowledge(Iterable<Change> changes, Topology topology, Experience experience) {
  /** Changes alone. */
  public static Knowledge of(Iterable<Change> changes, Topology topology) {
    return new Knowledge(changes, topology, Experience.of(List.of()));
  }
}
