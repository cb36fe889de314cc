// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.topology.OwnerSettings;
import io.tocsin.models.topology.Owners;
import io.tocsin.models.topology.Topology;
import java.util.List;

/**
 * What is known beside findings; all of it may be empty.
 *
 * @param changes what was changed recently, at least as far back as the settings look
 * @param topology who calls whom
 * @param owners which workload owns a pod, and where it runs
 * @param experience what people have said of earlier incidents
 */
public record Knowledge(
    Iterable<Change> changes, Topology topology, Owners owners, Experience experience) {
  /** Changes alone. */
  public static Knowledge of(Iterable<Change> changes, Topology topology) {
    Owners none = new Owners(OwnerSettings.DEFAULTS);
    return new Knowledge(changes, topology, none, Experience.of(List.of()));
  }
}
