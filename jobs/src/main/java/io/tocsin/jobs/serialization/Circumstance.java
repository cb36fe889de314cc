// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import io.tocsin.models.changes.Change;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.topology.TopologyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Something that every incident may be seen against: exactly one of its parts is there.
 *
 * @param change what was changed
 * @param topology who calls whom, or who owns what
 * @param feedback what somebody said of an incident
 */
public record Circumstance(
    @Nullable Change change, @Nullable TopologyRecord topology, @Nullable Feedback feedback) {
  public static Circumstance of(Change change) {
    return new Circumstance(change, null, null);
  }

  public static Circumstance of(TopologyRecord topology) {
    return new Circumstance(null, topology, null);
  }

  public static Circumstance of(Feedback feedback) {
    return new Circumstance(null, null, feedback);
  }
}
