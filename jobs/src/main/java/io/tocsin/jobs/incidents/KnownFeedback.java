// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.jobs.serialization.CodecSerializer;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.incidents.Experience;
import io.tocsin.models.incidents.Feedback;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What people have said of incidents, in broadcast state. Only so much is kept, the latest. What
 * follows from it is worked out when it is needed first after something was said.
 */
final class KnownFeedback {
  /** By what the newest of is to hold. */
  static final MapStateDescriptor<String, Feedback> STATE =
      new MapStateDescriptor<>(
          "feedback", StringSerializer.INSTANCE, new CodecSerializer<>(RecordType.FEEDBACK));

  static final int MOST = 5_000;

  private @Nullable Experience experience;

  /** Takes note of what was said; returns how much had to go because there is too much. */
  int add(BroadcastState<String, Feedback> state, Feedback feedback) throws Exception {
    state.put(feedback.key(), feedback);
    experience = null;
    List<Feedback> all = values(state.entries());
    int excess = Math.max(0, all.size() - MOST);
    if (excess > 0) {
      all.sort(Comparator.comparingLong(Feedback::time).thenComparing(Feedback::key));
      for (Feedback each : all.subList(0, excess)) {
        state.remove(each.key());
      }
    }
    return excess;
  }

  Experience all(ReadOnlyBroadcastState<String, Feedback> state) throws Exception {
    if (experience == null) {
      experience = Experience.of(values(state.immutableEntries()));
    }
    return experience;
  }

  private static List<Feedback> values(Iterable<Map.Entry<String, Feedback>> entries) {
    List<Feedback> all = new ArrayList<>();
    entries.forEach(each -> all.add(each.getValue()));
    return all;
  }
}
