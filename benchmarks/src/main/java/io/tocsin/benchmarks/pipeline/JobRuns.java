// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.connectors.avro.UnreadableRecordException;
import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.config.ConfigText;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.environment.JobEnvironment;
import io.tocsin.jobs.kafka.KafkaEnds;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.jobs.metrics.MetricsJob;
import io.tocsin.jobs.metrics.MetricsSettings;
import io.tocsin.models.series.SampleFate;
import java.time.Duration;
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
  static final Duration CHECKPOINTS = Duration.ofSeconds(5);

  /** So rarely that there is none while anything is measured. */
  static final Duration NO_CHECKPOINTS = Duration.ofDays(1);

  private static final Duration FINDINGS_PATIENCE = Duration.ofSeconds(30);

  /** Of the scrapes at the usual interval: before, much of the code is compiled anew. */
  private static final double MEASURED_FROM = 0.4;

  private final FlinkCluster cluster;
  private final Workload workload;
  private final Flaws flaws;
  private int runs;
  private int unplanted;

  /**
   * What the metrics job keeps of the series.
   *
   * @param heapBytes on the heap, after garbage collection
   * @param checkpoint that it takes
   */
  record Footprint(long heapBytes, FlinkCluster.Checkpoint checkpoint) {}

  JobRuns(Stage stage, Flaws flaws) {
    this.cluster = stage.cluster();
    this.workload = stage.workload();
    this.flaws = flaws;
  }

  /** How many strong findings the last run of the metrics job gave on series that were healthy. */
  int unplanted() {
    return unplanted;
  }

  /** The metrics job, as it is. */
  Cost metrics(int parallelism, Duration checkpoints) throws Exception {
    try (Findings findings = new Findings(workload)) {
      JobID job = cluster.submit(metricsJob(parallelism, checkpoints, false), null);
      Cost cost = measure(job, () -> taken(job));
      checkFates(job, workload.samples(), workload.counters());
      checkFound(findings);
      cluster.cancel(job);
      return cost;
    }
  }

  /** A job that reads and decodes the same bodies, and no more. */
  Cost readAndDecode(int parallelism) throws Exception {
    StreamExecutionEnvironment env = cluster.environment(parallelism, false);
    JobEnvironment.prepare(env, CHECKPOINTS);
    env.fromSource(
            KafkaEnds.source(kafka(), Topic.METRICS, new CountBodies()),
            WatermarkStrategy.noWatermarks(),
            "bodies")
        .uid("bodies")
        .sinkTo(new DiscardingSink<>())
        .uid("nothing");
    JobID job = cluster.submit(env, null);
    LongSupplier count =
        () -> cluster.taskManager().count(job.toHexString(), CountBodies.COUNTER, "");
    Cost cost = measure(job, count);
    flaws.unequal("samples read", count.getAsLong(), workload.samples());
    cluster.cancel(job);
    return cost;
  }

  /** Runs the metrics job and weighs what it has learned. */
  Footprint footprint() throws Exception {
    long without = cluster.taskManager().usedHeap();
    JobID job = cluster.submit(metricsJob(FlinkConfiguration.SLOTS, CHECKPOINTS, false), null);
    cluster.await(job, () -> taken(job), workload.samples());
    FlinkCluster.Checkpoint checkpoint = cluster.checkpoint(job);
    long with = cluster.taskManager().usedHeap();
    cluster.cancel(job);
    return new Footprint(with - without, checkpoint);
  }

  private Cost measure(JobID job, LongSupplier count) throws Exception {
    int ageing = workload.schedule().ageing();
    double from = ageing + (workload.scrapes() - ageing) * MEASURED_FROM;
    long before = count.getAsLong();
    cluster.startMeter();
    cluster.await(job, count, (long) (workload.series() * from));
    long now = count.getAsLong();
    // Of little, most may be over meanwhile: then all of it is measured.
    if (now < (workload.series() * from + workload.samples()) / 2) {
      before = now;
      cluster.startMeter();
    }
    cluster.await(job, count, workload.samples());
    return cluster.stopMeter(count.getAsLong() - before);
  }

  /** The shipped job with the shipped configuration. */
  StreamExecutionEnvironment metricsJob(int parallelism, Duration checkpoints, boolean restarts)
      throws ConfigException {
    KafkaSettings kafka = kafka();
    String text =
        "{kafka: {bootstrapServers: '%s', groupId: '%s'}, checkpointInterval: %ds}"
            .formatted(kafka.bootstrapServers(), kafka.groupId(), checkpoints.toSeconds());
    StreamExecutionEnvironment env = cluster.environment(parallelism, restarts);
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

  /** How many samples a metrics job has taken in since its task manager began with it. */
  long taken(JobID job) {
    return fate(job, SampleFate.SCORED) + fate(job, SampleFate.TRACKED);
  }

  private long fate(JobID job, SampleFate fate) {
    return cluster
        .taskManager()
        .count(job.toHexString(), "tocsin_samples_total", fate.name().toLowerCase(Locale.ROOT));
  }

  /** Every sample must have been scored but the first of each of so many counters. */
  void checkFates(JobID job, long samples, long counters) {
    for (SampleFate fate : SampleFate.values()) {
      long expected =
          switch (fate) {
            case SCORED -> samples - counters;
            case TRACKED -> counters;
            default -> 0;
          };
      flaws.unequal("samples " + fate, fate(job, fate), expected);
    }
  }

  /** Every sample must have been taken in, whether or not it came too soon to be scored. */
  void checkAllTaken(JobID job, long samples) {
    flaws.unequal("samples taken in", taken(job), samples);
    checkNothingOdd(job);
  }

  /** A job that was restored must know all series: none may begin anew. */
  void checkNoneAnew(JobID job) {
    flaws.unequal("samples that began a series anew", fate(job, SampleFate.TRACKED), 0);
  }

  /** No sample may have come late, twice or otherwise oddly. */
  void checkNothingOdd(JobID job) {
    for (SampleFate fate : SampleFate.values()) {
      if (fate != SampleFate.SCORED && fate != SampleFate.TRACKED) {
        flaws.unequal("samples " + fate, fate(job, fate), 0);
      }
    }
  }

  /** Every planted anomaly must have been found. */
  void checkFound(Findings findings) throws UnreadableRecordException {
    findings.awaitPlanted(FINDINGS_PATIENCE);
    findings.readRest();
    if (findings.planted() < workload.broken().size()) {
      flaws.add(
          "%,d of %,d planted anomalies found, not %s"
              .formatted(findings.planted(), workload.broken().size(), findings.missing()));
    }
    unplanted = findings.others();
  }
}
