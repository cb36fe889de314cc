// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.jobs.local.Directories;
import io.tocsin.jobs.local.LocalRunException;
import io.tocsin.jobs.local.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * A job manager and a task manager, each in a process of its own. The task manager can be lost and
 * replaced.
 */
final class FlinkCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Path directory;
  private final long heapMegabytes;
  private final Resources resources;
  private final Configuration configuration;
  private final ChildProcess jobManager;
  private final RestClusterClient<String> client;
  private TaskManager taskManager;
  private long jobManagerNanos;

  /**
   * A checkpoint.
   *
   * @param path where it lies
   * @param bytes its size
   * @param millis the 95th percentile of how long those so far took
   */
  record Checkpoint(String path, long bytes, double millis) {}

  private FlinkCluster(Path directory, long heapMegabytes, Resources resources) throws Exception {
    this.directory = directory;
    this.heapMegabytes = heapMegabytes;
    this.resources = resources;
    configuration = FlinkConfiguration.create(directory);
    FlinkConfiguration.write(configuration, directory);
    jobManager =
        resources.add(
            ChildProcess.java(
                FlinkProcess.JOB_MANAGER,
                List.of(
                    "-Xms128m",
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    FlinkProcess.class.getName(),
                    FlinkProcess.JOB_MANAGER,
                    directory.toString()),
                directory));
    taskManager = resources.add(TaskManager.start(directory, heapMegabytes));
    client = new RestClusterClient<>(configuration, "benchmark");
  }

  /**
   * Starts a cluster.
   *
   * @param directory which it writes below
   * @param heapMegabytes the most that the task manager's heap may be
   * @param resources to which its processes are added
   */
  static FlinkCluster start(Path directory, long heapMegabytes, Resources resources)
      throws Exception {
    FlinkCluster cluster =
        new FlinkCluster(Files.createDirectories(directory), heapMegabytes, resources);
    cluster.awaitSlots();
    return cluster;
  }

  private void awaitSlots() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (freeSlots() < FlinkConfiguration.SLOTS) {
      jobManager.requireAlive(directory);
      taskManager.requireAlive(directory);
      if (System.nanoTime() > deadline) {
        throw new LocalRunException(
            "Flink did not come up within %d s.".formatted(PATIENCE.toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private int freeSlots() {
    try {
      return get("overview").path("slots-available").asInt();
    } catch (IOException e) {
      return 0;
    }
  }

  private JsonNode get(String path) throws IOException {
    URI uri = URI.create(FlinkConfiguration.web(configuration) + "/" + path);
    try (InputStream answer = uri.toURL().openStream()) {
      return new ObjectMapper().readTree(answer);
    }
  }

  TaskManager taskManager() {
    return taskManager;
  }

  /**
   * An environment to define a job in that is to run here. Unless it is to restart, a job that
   * fails stays so: a restart would spoil what is measured.
   */
  StreamExecutionEnvironment environment(int parallelism, boolean restarts) {
    Configuration job = new Configuration();
    if (!restarts) {
      job.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    }
    job.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("checkpoints").toUri().toString());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(job);
    env.setParallelism(parallelism);
    return env;
  }

  /** Starts the job that was defined, from a checkpoint if there is one. */
  JobID submit(StreamExecutionEnvironment env, @Nullable Checkpoint from) throws Exception {
    JobGraph graph = env.getStreamGraph().getJobGraph();
    if (from != null) {
      graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(from.path()));
    }
    return client.submitJob(graph).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Returns when all tasks of a job run. */
  void awaitRunning(JobID job) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!allRun(job)) {
      if (System.nanoTime() > deadline || ended(job)) {
        throw new LocalRunException("The job did not start; see %s.".formatted(failure(job)));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean allRun(JobID job) throws IOException {
    JsonNode counts = get("jobs/" + job).path("status-counts");
    int running = counts.path("RUNNING").asInt();
    int all = 0;
    for (JsonNode count : counts) {
      all += count.asInt();
    }
    return all > 0 && running == all;
  }

  /**
   * Returns when a count of a job has come to this.
   *
   * @throws LocalRunException when the job ends before, or the count no longer rises
   */
  void await(JobID job, LongSupplier count, long target) throws Exception {
    long last = -1;
    long lastRise = System.nanoTime();
    for (long now = count.getAsLong(); now < target; now = count.getAsLong()) {
      if (now != last) {
        last = now;
        lastRise = System.nanoTime();
      } else if (System.nanoTime() - lastRise > PATIENCE.toNanos() || ended(job)) {
        throw new LocalRunException(
            "The job stopped at %,d of %,d samples; see %s.".formatted(now, target, failure(job)));
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  private String failure(JobID job) throws IOException {
    JsonNode last =
        get("jobs/" + job + "/exceptions").path("exceptionHistory").path("entries").path(0);
    String state = get("jobs/" + job).path("state").asText();
    return last.path("stacktrace")
        .asText("Flink says no more than " + state)
        .lines()
        .filter(line -> !line.startsWith("\t"))
        .collect(Collectors.joining("; "));
  }

  private boolean ended(JobID job) throws Exception {
    JobStatus status = client.getJobStatus(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return status.isTerminalState();
  }

  /** Takes a checkpoint of a job now. */
  Checkpoint checkpoint(JobID job) throws Exception {
    long id =
        client
            .triggerCheckpoint(job, CheckpointType.FULL)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    JsonNode all = get("jobs/" + job + "/checkpoints");
    JsonNode last = all.path("latest").path("completed");
    if (last.path("id").asLong() < id) {
      throw new LocalRunException("Flink does not tell of the checkpoint that it has taken.");
    }
    return new Checkpoint(
        last.path("external_path").asText(),
        last.path("state_size").asLong(),
        all.path("summary").path("end_to_end_duration").path("p95").asDouble());
  }

  /** Begins to measure what both processes spend. */
  void startMeter() {
    jobManagerNanos = jobManager.cpuNanos();
    taskManager.startMeter();
  }

  /** What so many samples have cost both processes. */
  Cost stopMeter(long samples) {
    return taskManager.stopMeter(samples).plusCpu(jobManager.cpuNanos() - jobManagerNanos);
  }

  /** Ends a job and waits until it is gone; its checkpoints stay. */
  void stop(JobID job) throws Exception {
    client.cancel(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    client.requestJobResult(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    taskManager.forget(job.toHexString());
  }

  /** The same, and takes its checkpoints away. */
  void cancel(JobID job) throws Exception {
    stop(job);
    Directories.delete(directory.resolve("checkpoints").resolve(job.toHexString()));
  }

  /** Ends the task manager as kill -9 does and starts another, as whoever watches it would. */
  void loseTaskManager() throws IOException {
    taskManager.close();
    taskManager = resources.add(TaskManager.start(directory, heapMegabytes));
  }

  @Override
  public void close() {
    client.close();
    taskManager.close();
    jobManager.close();
    Directories.delete(directory);
  }
}
