// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.causes.CaseSeries.Signal;
import io.tocsin.benchmarks.quality.causes.Ranker.Moment;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What it costs to rank the suspects of one incident over many series: an hour of a sample a minute
 * of each, half of which ten services and their metrics left.
 */
final class IncidentCost {
  private static final int BEFORE = 60;
  private static final int SINCE = 10;
  private static final int METRICS = 50;
  private static final long MINUTE = 60_000;
  private static final int WARM_UP = 5;
  private static final int RUNS = 7;
  private static final int FAULTY = 10;

  private IncidentCost() {}

  static Map<String, Double> of(int series) {
    FailureCase failure = failure(series);
    ShippedRanker ranker = new ShippedRanker();
    Moment moment = new Moment(failure.time(), true, failure.until());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < WARM_UP + RUNS; i++) {
      long began = threads.getCurrentThreadCpuTime();
      if (ranker.rank(failure, moment).services().isEmpty()) {
        throw new IllegalStateException("what is measured must name somebody");
      }
      if (i >= WARM_UP) {
        seconds.add((threads.getCurrentThreadCpuTime() - began) / 1e9);
      }
    }
    Map<String, Double> cost = new LinkedHashMap<>();
    cost.put("series", (double) series);
    cost.put("cpu_seconds_per_incident", CauseRun.median(seconds));
    return cost;
  }

  private static FailureCase failure(int series) {
    SplittableRandom random = new SplittableRandom(1);
    List<CaseSeries> all = new ArrayList<>();
    List<CallEdge> calls = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      int service = i / METRICS;
      double level = service < FAULTY ? 5 : 0;
      all.add(series(service(service), "metric_" + i % METRICS, level, random));
      if (i % METRICS == 0 && service > 0) {
        calls.add(new CallEdge(service(random.nextInt(service)), service(service)));
      }
    }
    return new FailureCase(
        "cost",
        "cost",
        all,
        calls,
        List.of(),
        null,
        0,
        BEFORE * MINUTE,
        (BEFORE + SINCE) * MINUTE,
        FailureCase.Truth.NOTHING);
  }

  private static Entity service(int number) {
    return Reading.service("cost", "service-" + number);
  }

  private static CaseSeries series(
      Entity entity, String metric, double rise, SplittableRandom random) {
    long[] times = new long[BEFORE + SINCE];
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * MINUTE;
      values[i] = random.nextDouble() + (i >= BEFORE ? rise : 0);
    }
    return new CaseSeries(entity, null, metric, Signal.METRIC, false, times, values, new double[0]);
  }
}
