// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import org.jspecify.annotations.Nullable;

/** One record of the topology topic: a call, or a link of an object. Exactly one is present. */
public record TopologyRecord(@Nullable SeenEdge edge, @Nullable ObjectLink link) {
  public TopologyRecord {
    if ((edge == null) == (link == null)) {
      throw new IllegalArgumentException("a topology record holds a call or a link");
    }
  }

  /** A call. */
  public static TopologyRecord of(SeenEdge edge) {
    return new TopologyRecord(edge, null);
  }

  /** A link of an object. */
  public static TopologyRecord of(ObjectLink link) {
    return new TopologyRecord(null, link);
  }

  /** The key under which it is known: the newest of it holds. */
  public String key() {
    return edge != null ? edge.edge().key() : link != null ? link.key() : "";
  }

  /** Event time at which it was told of, ms since the epoch. */
  public long time() {
    return edge != null ? edge.time() : link != null ? link.time() : 0;
  }

  /** What it says, apart from when: equal to that of another that says the same. */
  public TopologyRecord timeless() {
    return edge != null
        ? of(new SeenEdge(edge.edge(), 0))
        : link != null
            ? of(new ObjectLink(link.object(), link.targetKind(), link.targetName(), 0))
            : this;
  }
}
