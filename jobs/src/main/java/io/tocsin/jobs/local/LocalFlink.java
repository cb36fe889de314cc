// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster within this process, with its web interface on this machine's loopback address.
 * What it writes is below one directory, by which a job also goes on where it was when the
 * directory is used again.
 */
public final class LocalFlink implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);

  private final Path directory;
  private final MiniCluster cluster;
  private final URI web;

  private LocalFlink(Path directory, MiniCluster cluster) throws Exception {
    this.directory = directory;
    this.cluster = cluster;
    cluster.start();
    web = cluster.getRestAddress().get(START.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Starts a cluster that serves no metrics.
   *
   * @param directory where it keeps checkpoints and its other files
   * @param webPort of the web interface; 0 for any free one
   * @param slots how many tasks of one operator fit in
   * @throws LocalRunException when it does not come up; the message says why
   */
  public static LocalFlink start(Path directory, int webPort, int slots) {
    return start(directory, webPort, slots, new Configuration());
  }

  /**
   * Starts a cluster with these options as well, such as those of a reporter of metrics.
   *
   * @throws LocalRunException when it does not come up; the message says why
   */
  public static LocalFlink start(Path directory, int webPort, int slots, Configuration further) {
    Ports.requireFree("127.0.0.1", webPort, "choose another for Flink's web interface");
    MiniCluster cluster = null;
    try {
      Files.createDirectories(directory.resolve("temporary"));
      cluster =
          new MiniCluster(
              new MiniClusterConfiguration.Builder()
                  .setConfiguration(configuration(directory, webPort, further))
                  .setNumTaskManagers(1)
                  .setNumSlotsPerTaskManager(slots)
                  .build());
      return new LocalFlink(directory, cluster);
    } catch (Exception e) {
      if (cluster != null) {
        var unused = cluster.closeAsync();
      }
      throw new LocalRunException("Flink cannot be started: %s.".formatted(Causes.first(e)), e);
    }
  }

  private static Configuration configuration(Path directory, int webPort, Configuration further) {
    Path temporary = directory.resolve("temporary");
    Configuration configuration = new Configuration(further);
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, Integer.toString(webPort));
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(WebOptions.TMP_DIR, temporary.toString());
    configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, temporary.toString());
    configuration.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, temporary.toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    return configuration;
  }

  /** An environment to define a job in that is to run here. */
  public StreamExecutionEnvironment environment(String name) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.NAME, name);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints(name).toUri().toString());
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }

  /**
   * Starts a job and waits until all its tasks run; it goes on from its last checkpoint, if its
   * directory has one.
   *
   * @throws LocalRunException when it does not start
   */
  public JobID submit(String name, StreamExecutionEnvironment environment) {
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(name);
    try {
      Optional<Path> last = lastCheckpoint(checkpoints(name));
      if (last.isPresent()) {
        deleteOtherRuns(checkpoints(name), last.get());
        graph.setSavepointRestoreSettings(
            SavepointRestoreSettings.forPath(last.get().toUri().toString(), false));
      }
      JobID job = cluster.submitJob(graph).get(START.toSeconds(), TimeUnit.SECONDS).getJobID();
      awaitRunning(name, job);
      return job;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRunException("Starting the job %s was interrupted.".formatted(name), e);
    } catch (ExecutionException | TimeoutException | IOException e) {
      throw new LocalRunException(
          "The job %s cannot be started: %s.".formatted(name, Causes.first(e)), e);
    }
  }

  private Path checkpoints(String name) {
    return directory.resolve("checkpoints").resolve(name);
  }

  /** The newest checkpoint that was completed, by whatever run of the job. */
  private static Optional<Path> lastCheckpoint(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(directory, 3)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .map(Path::getParent);
    }
  }

  /**
   * Of the runs of a job, each with a directory of its own, leaves the one that made this
   * checkpoint: no checkpoint refers to those of a run before.
   */
  private static void deleteOtherRuns(Path directory, Path checkpoint) throws IOException {
    try (Stream<Path> runs = Files.list(directory)) {
      runs.filter(run -> !checkpoint.startsWith(run)).forEach(Directories::delete);
    }
  }

  private void awaitRunning(String name, JobID job)
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!allRunning(job)) {
      if (cluster.getJobStatus(job).get(1, TimeUnit.MINUTES).isTerminalState()) {
        throw new LocalRunException("The job %s ended at once: %s.".formatted(name, failure(job)));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new LocalRunException(
            "The job %s did not run within %d s: %s."
                .formatted(name, START.toSeconds(), failure(job)));
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  private boolean allRunning(JobID job)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (cluster.getJobStatus(job).get(1, TimeUnit.MINUTES) != JobStatus.RUNNING) {
      return false;
    }
    for (var vertex :
        cluster.getExecutionGraph(job).get(1, TimeUnit.MINUTES).getAllExecutionVertices()) {
      if (vertex.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  /** Why a job failed the last time, or what state it is in. */
  public String failure(JobID job) {
    try {
      var graph = cluster.getExecutionGraph(job).get(1, TimeUnit.MINUTES);
      var failure = graph.getFailureInfo();
      return failure == null
          ? "it is " + graph.getState()
          : Causes.first(
              failure.getException().deserializeError(LocalFlink.class.getClassLoader()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (ExecutionException | TimeoutException e) {
      return Causes.first(e);
    }
  }

  /** Whether a job runs. */
  public boolean isRunning(JobID job) {
    try {
      return cluster.isRunning()
          && cluster.getJobStatus(job).get(1, TimeUnit.MINUTES) == JobStatus.RUNNING;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Whether a job has ended for good. */
  public boolean hasEnded(JobID job) {
    try {
      return !cluster.isRunning()
          || cluster.getJobStatus(job).get(1, TimeUnit.MINUTES).isGloballyTerminalState();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Ends a job, and keeps its last checkpoint. */
  public void cancel(JobID job) {
    try {
      cluster.cancelJob(job).get(STOP.toSeconds(), TimeUnit.SECONDS);
      cluster.requestJobResult(job).get(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // It has ended already, or ends with the cluster.
    }
  }

  /** The web interface. */
  public URI web() {
    return web;
  }

  /** Ends all jobs and the cluster. */
  @Override
  public void close() {
    try {
      cluster.closeAsync().get(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What is left of it ends with this process.
    }
    Directories.delete(directory.resolve("temporary"));
  }
}
