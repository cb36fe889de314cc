// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink within this process, whose jobs' counters and checkpoints can be read as they run. A job
 * that fails stays so: a restart would spoil what is measured.
 */
final class MeasuredCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(2);
  private static final String REPORTER = "counters";

  private final Path directory;
  private final int slots;
  private final MiniCluster cluster;

  private MeasuredCluster(Path directory, int slots) {
    this.directory = directory;
    this.slots = slots;
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration(directory.toString()))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
  }

  /**
   * Starts a cluster.
   *
   * @param directory which it writes below
   * @param slots the parallelism of its jobs
   */
  static MeasuredCluster start(Path directory, int slots) throws Exception {
    MeasuredCluster started = new MeasuredCluster(directory, slots);
    started.cluster.start();
    return started;
  }

  private static Configuration configuration(String directory) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(CoreOptions.TMP_DIRS, directory);
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, directory);
    configuration.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, directory);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    configuration.set(MetricOptions.REPORTERS_LIST, REPORTER);
    MetricOptions.forReporter(configuration, REPORTER)
        .set(MetricOptions.REPORTER_FACTORY_CLASS, JobCounters.Factory.class.getName());
    return configuration;
  }

  /** An environment to define a job in that is to run here. */
  StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("checkpoints").toUri().toString());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(slots);
    return env;
  }

  /** Starts the job that was defined. */
  JobID submit(StreamExecutionEnvironment env) throws Exception {
    return cluster
        .submitJob(env.getStreamGraph())
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .getJobID();
  }

  /**
   * Returns when a count of a job has come to this.
   *
   * @throws IllegalStateException when the job ends before, or the count no longer rises
   */
  void await(JobID job, LongSupplier count, long target) throws Exception {
    long last = -1;
    long lastRise = System.nanoTime();
    for (long now = count.getAsLong(); now < target; now = count.getAsLong()) {
      if (now != last) {
        last = now;
        lastRise = System.nanoTime();
      } else if (System.nanoTime() - lastRise > PATIENCE.toNanos() || ended(job)) {
        throw new IllegalStateException(
            "The job stopped at " + now + " of " + target + " samples.");
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  private boolean ended(JobID job) throws Exception {
    JobStatus status = cluster.getJobStatus(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return status.isTerminalState();
  }

  /** Takes a checkpoint of a job now and gives its size in bytes. */
  long checkpointBytes(JobID job) throws Exception {
    cluster.triggerCheckpoint(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    var graph = cluster.getExecutionGraph(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    var statistics = graph.getCheckpointStatsSnapshot();
    return statistics.getHistory().getLatestCompletedCheckpoint().getStateSize();
  }

  /** Ends a job and waits until it is gone. */
  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    cluster.requestJobResult(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    JobCounters.forget(job.toHexString());
  }

  @Override
  public void close() {
    cluster.closeAsync().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
