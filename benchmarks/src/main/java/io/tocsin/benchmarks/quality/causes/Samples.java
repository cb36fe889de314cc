// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.telemetry.Entity;
import java.util.Arrays;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Collects the samples of one series; what is no number is left out. */
final class Samples {
  private long[] times = new long[64];
  private double[] values = new double[64];
  private int size;

  static Samples of(SortedMap<Long, Double> values) {
    Samples samples = new Samples();
    values.forEach(samples::add);
    return samples;
  }

  void add(long time, double value) {
    if (!Double.isFinite(value) || (size > 0 && time <= times[size - 1])) {
      return;
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    times[size] = time;
    values[size++] = value;
  }

  int size() {
    return size;
  }

  CaseSeries metric(Entity entity, String metric, boolean symptom) {
    return series(entity, null, metric, CaseSeries.Signal.METRIC, symptom);
  }

  CaseSeries calls(Entity caller, Entity callee, String metric) {
    return series(caller, callee, metric, CaseSeries.Signal.EDGE, true);
  }

  CaseSeries lines(Entity entity, String pattern, double[] loads) {
    return series(entity, null, pattern, CaseSeries.Signal.LOG, false).withLoads(loads);
  }

  private CaseSeries series(
      Entity entity,
      @Nullable Entity peer,
      String metric,
      CaseSeries.Signal signal,
      boolean symptom) {
    long[] at = Arrays.copyOf(times, size);
    return new CaseSeries(
        entity, peer, metric, signal, symptom, at, Arrays.copyOf(values, size), new double[0]);
  }
}
