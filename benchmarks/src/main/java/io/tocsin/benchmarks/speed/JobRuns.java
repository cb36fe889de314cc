// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.config.ConfigText;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.environment.JobEnvironment;
import io.tocsin.jobs.kafka.KafkaEnds;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.jobs.metrics.MetricsJob;
import io.tocsin.jobs.metrics.MetricsSettings;
import io.tocsin.models.series.SampleCounts.Fate;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Lets a job read a whole workload, from its beginning, as a new consumer group. What it costs is
 * measured once it has read a part that covers its start, the announcing of all series and the
 * warming up of their detectors.
 */
final class JobRuns {
  private static final double MEASURED_FROM = 0.15;
  private static final int CHECKPOINT_SECONDS = 5;

  /** So that series have profiles, as all that are older than a day have. */
  private static final String PROFILE_AGE = "5m";

  private final MeasuredCluster cluster;
  private final Workload workload;
  private final List<String> flaws = new ArrayList<>();
  private int runs;
  private long unplanted;

  /**
   * What the metrics job keeps of the series.
   *
   * @param heapBytes on the heap, after garbage collection
   * @param checkpointBytes in a checkpoint
   */
  record Footprint(long heapBytes, long checkpointBytes) {}

  JobRuns(MeasuredCluster cluster, Workload workload) {
    this.cluster = cluster;
    this.workload = workload;
  }

  /** What was not as it must be; figures are void unless this is empty. */
  List<String> flaws() {
    return flaws;
  }

  /** How many strong findings the last run of the metrics job gave on series that were healthy. */
  long unplanted() {
    return unplanted;
  }

  /** The metrics job, as it is. */
  Cost metrics() throws Exception {
    PlantedFindings findings = new PlantedFindings(workload);
    JobID job = cluster.submit(metricsJob());
    try {
      Cost cost = measure(job, () -> taken(job));
      check(job, findings);
      return cost;
    } finally {
      cluster.cancel(job);
    }
  }

  /** A job that reads and decodes the same bodies, and no more. */
  Cost readAndDecode() throws Exception {
    StreamExecutionEnvironment env = cluster.environment();
    JobEnvironment.prepare(env, Duration.ofSeconds(CHECKPOINT_SECONDS));
    env.fromSource(
            KafkaEnds.source(kafka(), Topic.METRICS, new CountBodies()),
            WatermarkStrategy.noWatermarks(),
            "bodies")
        .uid("bodies")
        .sinkTo(new DiscardingSink<>())
        .uid("nothing");
    JobID job = cluster.submit(env);
    try {
      LongSupplier count = () -> JobCounters.sum(job.toHexString(), CountBodies.COUNTER, "");
      Cost cost = measure(job, count);
      equal("samples read", count.getAsLong(), workload.samples());
      return cost;
    } finally {
      cluster.cancel(job);
    }
  }

  /** Runs the metrics job and weighs what it has learned. */
  Footprint footprint() throws Exception {
    long without = usedHeap();
    JobID job = cluster.submit(metricsJob());
    try {
      cluster.await(job, () -> taken(job), workload.samples());
      long checkpoint = cluster.checkpointBytes(job);
      return new Footprint(usedHeap() - without, checkpoint);
    } finally {
      cluster.cancel(job);
    }
  }

  private Cost measure(JobID job, LongSupplier count) throws Exception {
    cluster.await(job, count, (long) (workload.samples() * MEASURED_FROM));
    long before = count.getAsLong();
    ProcessMeter meter = ProcessMeter.start();
    cluster.await(job, count, workload.samples());
    return meter.stop(count.getAsLong() - before);
  }

  private StreamExecutionEnvironment metricsJob() throws ConfigException {
    KafkaSettings kafka = kafka();
    String text =
        ("{kafka: {bootstrapServers: '%s', groupId: '%s'}, band: {profileAge: %s},"
                + " checkpointInterval: %ds}")
            .formatted(kafka.bootstrapServers(), kafka.groupId(), PROFILE_AGE, CHECKPOINT_SECONDS);
    StreamExecutionEnvironment env = cluster.environment();
    MetricsJob.define(
        env,
        ConfigReader.read(
            MetricsSettings.class,
            MetricsSettings.DEFAULTS,
            new ConfigText("the benchmark", text),
            Map.of()));
    return env;
  }

  private KafkaSettings kafka() {
    return new KafkaSettings(
        workload.bootstrapServers(), "run-" + runs++, KafkaSettings.COMMITTED, Map.of());
  }

  private long taken(JobID job) {
    return fate(job, Fate.SCORED) + fate(job, Fate.TRACKED);
  }

  private static long fate(JobID job, Fate fate) {
    return JobCounters.sum(
        job.toHexString(), "tocsin_samples_total", fate.name().toLowerCase(Locale.ROOT));
  }

  private void check(JobID job, PlantedFindings findings) throws Exception {
    for (Fate fate : Fate.values()) {
      long expected =
          switch (fate) {
            case SCORED -> workload.samples() - workload.counters();
            case TRACKED -> workload.counters();
            default -> 0;
          };
      equal("samples " + fate, fate(job, fate), expected);
    }
    PlantedFindings.Found found = findings.read();
    equal("planted anomalies found", found.planted(), workload.broken().size());
    unplanted = found.others();
  }

  private void equal(String what, long is, long expected) {
    if (is != expected) {
      flaws.add("%s: %d instead of %d".formatted(what, is, expected));
    }
  }

  private static long usedHeap() {
    // Twice: what the first frees may keep more alive that only then can be freed.
    ManagementFactory.getMemoryMXBean().gc();
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
