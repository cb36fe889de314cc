// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import java.util.Comparator;

/**
 * A call edge and when it was last told of.
 *
 * @param time event time, ms since the epoch
 */
public record SeenEdge(CallEdge edge, long time) {
  static final Comparator<SeenEdge> OLDEST_FIRST =
      Comparator.comparingLong(SeenEdge::time).thenComparing(SeenEdge::edge, CallEdge.ORDER);
}
