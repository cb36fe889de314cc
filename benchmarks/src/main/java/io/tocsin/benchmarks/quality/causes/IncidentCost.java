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
 * of each, and ten minutes in which those of ten services have left it.
 */
final class IncidentCost {
  private static final int BEFORE = 60;
  private static final int SINCE = 10;
  private static final int METRICS = 50;
  private static final long MINUTE = 60_000;
  private static final int WARM_UP = 5;
  private static final int RUNS = 7;
  private static final int FAULTY = 10;
  private static final double RISE = 5;

  private IncidentCost() {}

  static Map<String, Double> of(int series) {
    FailureCase failure = failure(series);
    ShippedRanker ranker = new ShippedRanker();
    Moment moment = new Moment(failure.time(), true, failure.until());
    Map<String, Double> cost = new LinkedHashMap<>();
    cost.put("series", (double) series);
    cost.put(
        "cpu_seconds_per_incident",
        cpuSeconds(
            () -> {
              if (ranker.rank(failure, moment).services().isEmpty()) {
                throw new IllegalStateException("what is measured must name somebody");
              }
            },
            WARM_UP,
            RUNS));
    cost.put("job_cpu_seconds_per_incident", JobCost.of(series));
    return cost;
  }

  /** The median of what some runs cost this thread, after others that do not count. */
  static double cpuSeconds(Runnable run, int warmUp, int runs) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < warmUp + runs; i++) {
      long began = threads.getCurrentThreadCpuTime();
      run.run();
      if (i >= warmUp) {
        seconds.add((threads.getCurrentThreadCpuTime() - began) / 1e9);
      }
    }
    return CauseRun.median(seconds);
  }

  private static FailureCase failure(int series) {
    SplittableRandom random = new SplittableRandom(1);
    List<CaseSeries> all = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      all.add(series(service(i), metric(i), isFaulty(i) ? RISE : 0, random));
    }
    return new FailureCase(
        "cost",
        "cost",
        all,
        List.of(),
        calls(series),
        List.of(),
        null,
        0,
        BEFORE * MINUTE,
        (BEFORE + SINCE) * MINUTE,
        FailureCase.Truth.NOTHING);
  }

  /** Each service is called by an earlier one. */
  static List<CallEdge> calls(int series) {
    SplittableRandom random = new SplittableRandom(1);
    List<CallEdge> calls = new ArrayList<>();
    for (int i = METRICS; i < series; i += METRICS) {
      calls.add(new CallEdge(service(random.nextInt(i)), service(i)));
    }
    return calls;
  }

  static Entity service(int series) {
    return Reading.service("cost", "service-" + series / METRICS);
  }

  static String metric(int series) {
    return "metric_" + series % METRICS;
  }

  static boolean isFaulty(int series) {
    return series / METRICS < FAULTY;
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
