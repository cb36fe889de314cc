// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.jobs.serialization.CodecSerializer;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.EdgeFate;
import io.tocsin.models.topology.SeenEdge;
import io.tocsin.models.topology.Topology;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Who calls whom, in broadcast state, for an edge may name no cluster. The state holds the edges;
 * this is an index over them that is made from the state when it is needed first.
 */
final class KnownCalls {
  /** By their keys. */
  static final MapStateDescriptor<String, SeenEdge> STATE =
      new MapStateDescriptor<>(
          "topology", StringSerializer.INSTANCE, new CodecSerializer<>(RecordType.TOPOLOGY));

  private final CallSettings settings;
  private @Nullable Topology index;

  KnownCalls(CallSettings settings) {
    this.settings = settings;
  }

  /** Takes note of an edge. */
  EdgeFate add(BroadcastState<String, SeenEdge> state, SeenEdge seen, long now) throws Exception {
    Topology topology = index(state.immutableEntries());
    EdgeFate fate = topology.learn(seen.edge(), seen.time());
    if (fate != EdgeFate.SELF && fate != EdgeFate.NAMELESS) {
      SeenEdge stored = state.get(seen.edge().key());
      if (stored == null || stored.time() < seen.time()) {
        state.put(seen.edge().key(), seen);
      }
    }
    topology.expire(now);
    for (CallEdge forgotten : topology.takeForgotten()) {
      state.remove(forgotten.key());
    }
    return fate;
  }

  /**
   * All that is known.
   *
   * @param now event time in ms since the epoch; what was not told of for long is not known
   */
  Topology all(ReadOnlyBroadcastState<String, SeenEdge> state, long now) throws Exception {
    Topology topology = index(state.immutableEntries());
    topology.expire(now);
    return topology;
  }

  private Topology index(Iterable<Map.Entry<String, SeenEdge>> stored) {
    if (index == null) {
      Topology topology = settings.configured();
      stored.forEach(each -> topology.learn(each.getValue().edge(), each.getValue().time()));
      index = topology;
    }
    return index;
  }
}
