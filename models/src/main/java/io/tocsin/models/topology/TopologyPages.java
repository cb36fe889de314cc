// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import java.util.List;

/** What a {@link Topology} holds, to be stored. */
public record TopologyPages(List<SeenEdge> edges) {
  public TopologyPages {
    edges = List.copyOf(edges);
  }
}
