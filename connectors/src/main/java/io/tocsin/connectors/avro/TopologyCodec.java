// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.topology.ObjectLink;
import io.tocsin.models.topology.SeenEdge;
import io.tocsin.models.topology.TopologyRecord;

/** Codec of the topology topic, in which two types of record alternate; fingerprints tell them. */
final class TopologyCodec implements RecordCodec<TopologyRecord> {
  private final SingleObjectCodec<SeenEdge> edges =
      new SingleObjectCodec<>("SeenEdge", TopologyMapping::row, TopologyMapping::seenEdge);
  private final SingleObjectCodec<ObjectLink> links =
      new SingleObjectCodec<>("ObjectLink", TopologyMapping::row, TopologyMapping::link);

  @Override
  public byte[] encode(TopologyRecord value) {
    SeenEdge edge = value.edge();
    ObjectLink link = value.link();
    if (edge != null) {
      return edges.encode(edge);
    }
    if (link != null) {
      return links.encode(link);
    }
    throw new IllegalArgumentException("a topology record holds a call or a link");
  }

  @Override
  public TopologyRecord decode(byte[] bytes) throws UnreadableRecordException {
    return links.recognises(bytes)
        ? TopologyRecord.of(links.decode(bytes))
        : TopologyRecord.of(edges.decode(bytes));
  }
}
