// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.SeenEdge;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Passes each call between services on once an hour, however many series tell of it. What was told
 * is no state: after a restart all is told again, to readers that know it already. Only so many are
 * told in an hour; more are counted and dropped.
 */
final class TellEdges extends ProcessFunction<SeenEdge, SeenEdge> {
  static final int MOST = 50_000;

  /** A little less than the time after which series are announced again. */
  static final long BETWEEN_MILLIS = Duration.ofMinutes(55).toMillis();

  /** When each was told last, the earliest first. */
  private transient Map<CallEdge, Long> told = new LinkedHashMap<>();

  @SuppressWarnings("NullAway.Init") // open
  private transient Counter flooded;

  @Override
  public void open(OpenContext context) {
    told = new LinkedHashMap<>();
    flooded = getRuntimeContext().getMetricGroup().counter("tocsin_call_edges_dropped_total");
  }

  @Override
  public void processElement(SeenEdge seen, Context context, Collector<SeenEdge> out) {
    forget(seen.time() - BETWEEN_MILLIS);
    if (told.containsKey(seen.edge())) {
      return;
    }
    if (told.size() >= MOST) {
      flooded.inc();
      return;
    }
    told.put(seen.edge(), seen.time());
    out.collect(seen);
  }

  private void forget(long before) {
    Iterator<Long> times = told.values().iterator();
    while (times.hasNext() && times.next() <= before) {
      times.remove();
    }
  }
}
