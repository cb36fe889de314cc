// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Lets the process that a job runs in read the job's counters while it runs. Static, because Flink
 * makes the reporter.
 */
public final class JobCounters implements MetricReporter {
  private static final Map<Key, Queue<Counter>> COUNTERS = new ConcurrentHashMap<>();

  /**
   * What counters are told apart by.
   *
   * @param job its id
   * @param fate what the counted samples met with; empty when the counter does not say
   */
  private record Key(String job, String name, String fate) {}

  private JobCounters() {}

  /** The sum over all subtasks; 0 while there are none. */
  static long sum(String job, String name, String fate) {
    Queue<Counter> counters = COUNTERS.get(new Key(job, name, fate));
    return counters == null ? 0 : counters.stream().mapToLong(Counter::getCount).sum();
  }

  /** Forgets the counters of a job. */
  static void forget(String job) {
    COUNTERS.keySet().removeIf(key -> key.job().equals(job));
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    Map<String, String> variables = group.getAllVariables();
    String job = variables.get("<job_id>");
    if (job != null && metric instanceof Counter counter) {
      Key key = new Key(job, name, variables.getOrDefault("<fate>", ""));
      COUNTERS.computeIfAbsent(key, absent -> new ConcurrentLinkedQueue<>()).add(counter);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}

  /** Found by Flink through its service file. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new JobCounters();
    }
  }
}
