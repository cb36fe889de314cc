// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.topology.CallEdge;
import java.util.Comparator;
import java.util.List;

/**
 * What ties something to an incident.
 *
 * @param suffers whether it is known to suffer from the problem
 * @param path the calls that it rests on; empty for another reason
 */
record Tie(boolean suffers, Member.Reason reason, List<CallEdge> path) {
  static final Comparator<Tie> CLOSEST_FIRST =
      Comparator.comparing((Tie tie) -> !tie.suffers())
          .thenComparing(Tie::reason)
          .thenComparing(tie -> tie.path().size());

  static Tie of(Member.Reason reason) {
    return new Tie(false, reason, List.of());
  }

  Tie suffering() {
    return new Tie(true, reason, path);
  }
}
