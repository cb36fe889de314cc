// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.jobs.serialization.CodecSerializer;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.EdgeFate;
import io.tocsin.models.topology.LinkFate;
import io.tocsin.models.topology.ObjectLink;
import io.tocsin.models.topology.Owners;
import io.tocsin.models.topology.SeenEdge;
import io.tocsin.models.topology.Topology;
import io.tocsin.models.topology.TopologyRecord;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Who calls whom, and who owns a pod, in broadcast state, for an edge may name no cluster. The
 * state holds what was told, as it was told; this is an index over it that is made from the state
 * when it is needed first.
 */
final class KnownTopology {
  /** By their keys. */
  static final MapStateDescriptor<String, TopologyRecord> STATE =
      new MapStateDescriptor<>(
          "topology", StringSerializer.INSTANCE, new CodecSerializer<>(RecordType.TOPOLOGY));

  private final IncidentsSettings settings;
  private @Nullable Index index;

  /** What was learned. Calls are between those that an owner makes of what series name. */
  private static final class Index {
    private final Topology calls;
    private final Owners owners;
    private @Nullable Topology resolved;
    private long version;

    Index(IncidentsSettings settings) {
      calls = settings.calls().configured();
      owners = new Owners(settings.owners());
    }

    void learn(TopologyRecord record) {
      SeenEdge edge = record.edge();
      ObjectLink link = record.link();
      if (edge != null) {
        calls.learn(edge.edge(), edge.time());
      } else if (link != null) {
        owners.learn(link);
      }
    }

    /** Both numbers only rise. */
    Topology resolved() {
      long now = calls.version() + owners.version();
      Topology last = resolved;
      if (last == null || version != now) {
        last = calls.renamed(owners::resolve);
        resolved = last;
        version = now;
      }
      return last;
    }
  }

  KnownTopology(IncidentsSettings settings) {
    this.settings = settings;
  }

  /** Takes note of an edge. */
  EdgeFate add(BroadcastState<String, TopologyRecord> state, SeenEdge seen, long now)
      throws Exception {
    Topology calls = swept(state, now).calls;
    EdgeFate fate = calls.learn(seen.edge(), seen.time());
    if (fate != EdgeFate.SELF && fate != EdgeFate.NAMELESS) {
      TopologyRecord stored = state.get(seen.edge().key());
      if (stored == null || stored.time() < seen.time()) {
        state.put(seen.edge().key(), TopologyRecord.of(seen));
      }
    }
    swept(state, now);
    return fate;
  }

  /** Takes note of a link. */
  LinkFate add(BroadcastState<String, TopologyRecord> state, ObjectLink link, long now)
      throws Exception {
    Owners owners = swept(state, now).owners;
    LinkFate fate = owners.learn(link);
    if (owners.has(link)) {
      state.put(link.key(), TopologyRecord.of(link));
    }
    swept(state, now);
    return fate;
  }

  /**
   * The index, where the state holds no more than it. To be asked before something is taken note
   * of, lest it fall to what was forgotten by its name, and after, since it may have displaced
   * something, or itself have found no room.
   */
  private Index swept(BroadcastState<String, TopologyRecord> state, long now) throws Exception {
    Index known = index(state.immutableEntries());
    known.calls.expire(now);
    known.owners.expire(now);
    for (CallEdge forgotten : known.calls.takeForgotten()) {
      state.remove(forgotten.key());
    }
    for (ObjectLink forgotten : known.owners.takeForgotten()) {
      state.remove(forgotten.key());
    }
    return known;
  }

  /**
   * All calls that are known.
   *
   * @param now event time in ms since the epoch; what was not told of for long is not known
   */
  Topology calls(ReadOnlyBroadcastState<String, TopologyRecord> state, long now) throws Exception {
    Index known = index(state.immutableEntries());
    known.calls.expire(now);
    known.owners.expire(now);
    return known.resolved();
  }

  /** All owners that are known; time as above. */
  Owners owners(ReadOnlyBroadcastState<String, TopologyRecord> state, long now) throws Exception {
    Index known = index(state.immutableEntries());
    known.owners.expire(now);
    return known.owners;
  }

  private Index index(Iterable<Map.Entry<String, TopologyRecord>> stored) {
    if (index == null) {
      Index made = new Index(settings);
      stored.forEach(each -> made.learn(each.getValue()));
      index = made;
    }
    return index;
  }
}
