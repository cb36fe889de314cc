// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.health;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts the records that were read and, by reason, those that could not be. For one thread. */
public final class RecordCounters {
  private final MetricGroup metrics;
  private final Counter consumed;
  private final Map<String, Counter> rejected = new HashMap<>();

  /**
   * Counters in a group.
   *
   * @param reasons each has its counter from the start: of one that comes with its first record,
   *     that record would be no rise
   */
  public RecordCounters(MetricGroup metrics, Stream<String> reasons) {
    this.metrics = metrics;
    consumed = metrics.counter("tocsin_records_consumed_total");
    reasons.forEach(this::counter);
  }

  private Counter counter(String reason) {
    return rejected.computeIfAbsent(
        reason, any -> metrics.addGroup("reason", reason).counter("tocsin_records_rejected_total"));
  }

  /** One more, whatever it holds. */
  public void consumed() {
    consumed.inc();
  }

  /**
   * One that goes to the dead letters.
   *
   * @param reason a word of a small set
   */
  public void rejected(String reason) {
    counter(reason).inc();
  }
}
