// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One failure whose cause is known, or a time at which nothing failed.
 *
 * @param name within its corpus
 * @param kind of failure; figures are told for each
 * @param series all that was measured, of the time before too
 * @param lines of logs, by rising time, where there are enough to learn from; else empty
 * @param calls who calls whom, as far as it is known
 * @param changes what people did
 * @param symptom what users felt, where the corpus says it; else null
 * @param from where the time before begins, ms since the epoch
 * @param time when it began, or, where nobody says when, where what surely is usual ends
 * @param until the end of what is looked at
 * @param truth what caused it
 */
public record FailureCase(
    String name,
    String kind,
    List<CaseSeries> series,
    List<CaseLine> lines,
    List<CallEdge> calls,
    List<Change> changes,
    @Nullable Symptom symptom,
    long from,
    long time,
    long until,
    Truth truth) {

  /**
   * What users felt.
   *
   * @param metric name of the metric, the same for all entities
   */
  public record Symptom(Entity entity, String metric) {}

  /**
   * What is known of the cause; sets are empty where it is not.
   *
   * @param services names, each of which is right
   * @param metrics of those services, each of which is right
   * @param change id of the change, empty when none caused it, null when it is not known
   */
  public record Truth(Set<String> services, Set<String> metrics, @Nullable String change) {
    static final Truth NOTHING = new Truth(Set.of(), Set.of(), null);
  }

  public FailureCase {
    series = List.copyOf(series);
    lines = List.copyOf(lines);
    calls = List.copyOf(calls);
    changes = List.copyOf(changes);
  }

  /**
   * The last part of the time before it, as a time at which nothing failed; all before that is
   * usual.
   *
   * @param length of that part, in ms
   */
  FailureCase before(long length) {
    return new FailureCase(
        name,
        "before",
        series,
        lines,
        calls,
        changes,
        null,
        from,
        time - length,
        time,
        Truth.NOTHING);
  }

  /** Whether any of it lies in the last so many ms before another one. */
  boolean liesBefore(FailureCase other, long length) {
    return time < other.time && until > other.time - length;
  }
}
