// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import io.tocsin.models.changes.Change;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.topology.SeenEdge;
import org.jspecify.annotations.Nullable;

/**
 * Something that every incident may be seen against: exactly one of its parts is there.
 *
 * @param change what was changed
 * @param edge who calls whom
 * @param feedback what somebody said of an incident
 */
public record Circumstance(
    @Nullable Change change, @Nullable SeenEdge edge, @Nullable Feedback feedback) {
  public static Circumstance of(Change change) {
    return new Circumstance(change, null, null);
  }

  public static Circumstance of(SeenEdge edge) {
    return new Circumstance(null, edge, null);
  }

  public static Circumstance of(Feedback feedback) {
    return new Circumstance(null, null, feedback);
  }
}
