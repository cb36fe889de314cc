// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.telemetry.Entity;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series of a failure.
 *
 * @param entity what it is about; of calls, the caller
 * @param peer of calls, who is called; else null
 * @param metric its name
 * @param signal where it comes from
 * @param symptom whether callers feel it too
 * @param times of its samples, ms since the epoch, rising
 * @param values as many
 * @param loads of counts, how much there was to do at each time, 1 as usual; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed
public record CaseSeries(
    Entity entity,
    @Nullable Entity peer,
    String metric,
    Signal signal,
    boolean symptom,
    long[] times,
    double[] values,
    double[] loads) {

  /** Where a series comes from. */
  public enum Signal {
    METRIC,
    LOG,
    EDGE
  }

  CaseSeries withLoads(double[] each) {
    return new CaseSeries(entity, peer, metric, signal, symptom, times, values, each);
  }

  /** Index of the first sample at a time or after it. */
  int from(long time) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
