// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.models.topology.TopologyRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Passes each call between services, and each link of an object, on once an hour, however many
 * series tell of it. What was told is no state: after a restart all is told again, to readers that
 * know it already. Only so many of both are told in an hour; more are counted and dropped.
 */
final class TellTopology extends ProcessFunction<TopologyRecord, TopologyRecord> {
  static final int MOST_CALLS = 50_000;
  static final int MOST_LINKS = 100_000;

  /** A little less than the time after which series are announced again. */
  static final long BETWEEN_MILLIS = Duration.ofMinutes(55).toMillis();

  @SuppressWarnings("NullAway.Init") // open
  private transient Told calls;

  @SuppressWarnings("NullAway.Init") // open
  private transient Told links;

  /** What was told of one sort, and when, the earliest first. */
  private static final class Told {
    private final Map<TopologyRecord, Long> times = new LinkedHashMap<>();
    private final int most;
    private final Counter flooded;

    Told(int most, Counter flooded) {
      this.most = most;
      this.flooded = flooded;
    }

    /** Whether it is to be told; if so, it is from now on. */
    boolean isNews(TopologyRecord seen) {
      forget(seen.time() - BETWEEN_MILLIS);
      TopologyRecord said = seen.timeless();
      if (times.containsKey(said)) {
        return false;
      }
      if (times.size() >= most) {
        flooded.inc();
        return false;
      }
      times.put(said, seen.time());
      return true;
    }

    private void forget(long before) {
      Iterator<Long> oldest = times.values().iterator();
      while (oldest.hasNext() && oldest.next() <= before) {
        oldest.remove();
      }
    }
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    calls = new Told(MOST_CALLS, metrics.counter("tocsin_call_edges_dropped_total"));
    links = new Told(MOST_LINKS, metrics.counter("tocsin_object_links_dropped_total"));
  }

  @Override
  public void processElement(TopologyRecord seen, Context context, Collector<TopologyRecord> out) {
    if ((seen.edge() != null ? calls : links).isNews(seen)) {
      out.collect(seen);
    }
  }
}
