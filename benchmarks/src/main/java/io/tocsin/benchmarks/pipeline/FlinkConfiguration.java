// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** The configuration of the two Flink processes, which are reachable from this machine only. */
final class FlinkConfiguration {
  /** How many tasks of one operator fit into the task manager. */
  static final int SLOTS = 2;

  private static final String LOOPBACK = "127.0.0.1";
  private static final String REPORTER = "counters";

  /** As the manifests have it; Flink's own 10 s would be the larger part of a recovery. */
  private static final Duration HEARTBEAT = Duration.ofMillis(500);

  private static final Duration ANSWERS_KEPT = Duration.ofMillis(20);

  private FlinkConfiguration() {}

  static Configuration create(Path directory) throws IOException {
    Configuration all = new Configuration();
    String temporary = Files.createDirectories(directory.resolve("temporary")).toString();
    all.set(JobManagerOptions.ADDRESS, LOOPBACK);
    all.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    all.set(JobManagerOptions.PORT, ChildProcess.freePort());
    all.set(RestOptions.ADDRESS, LOOPBACK);
    all.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    all.set(RestOptions.PORT, ChildProcess.freePort());
    all.set(TaskManagerOptions.HOST, LOOPBACK);
    all.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    all.set(WebOptions.TMP_DIR, temporary);
    // What is asked of a job would otherwise be as old as three seconds.
    all.set(WebOptions.REFRESH_INTERVAL, ANSWERS_KEPT);
    all.set(CoreOptions.TMP_DIRS, temporary);
    all.set(BlobServerOptions.STORAGE_DIRECTORY, temporary);
    all.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, temporary);
    all.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, HEARTBEAT);
    memory(all);
    all.set(MetricOptions.REPORTERS_LIST, REPORTER);
    MetricOptions.forReporter(all, REPORTER)
        .set(MetricOptions.REPORTER_FACTORY_CLASS, JobCounters.Factory.class.getName());
    return all;
  }

  /** What Flink's scripts would work out; the heap itself is the virtual machine's affair. */
  private static void memory(Configuration all) {
    all.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
    all.set(TaskManagerOptions.CPU_CORES, (double) SLOTS);
    all.set(TaskManagerOptions.TASK_HEAP_MEMORY, MemorySize.ofMebiBytes(256));
    all.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, MemorySize.ZERO);
    all.set(TaskManagerOptions.FRAMEWORK_HEAP_MEMORY, MemorySize.ofMebiBytes(128));
    all.set(TaskManagerOptions.FRAMEWORK_OFF_HEAP_MEMORY, MemorySize.ofMebiBytes(128));
    all.set(TaskManagerOptions.JVM_METASPACE, MemorySize.ofMebiBytes(256));
    all.set(TaskManagerOptions.JVM_OVERHEAD_MIN, MemorySize.ofMebiBytes(192));
    all.set(TaskManagerOptions.JVM_OVERHEAD_MAX, MemorySize.ofMebiBytes(192));
    all.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    all.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    all.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
  }

  /** Where the web interface is. */
  static String web(Configuration configuration) {
    return "http://" + LOOPBACK + ":" + configuration.get(RestOptions.PORT);
  }

  /** Writes the file that Flink's processes read in this directory. */
  static void write(Configuration configuration, Path directory) throws IOException {
    String lines =
        configuration.toMap().entrySet().stream()
            .map(entry -> entry.getKey() + ": '" + entry.getValue().replace("'", "''") + "'\n")
            .collect(Collectors.joining());
    Files.writeString(directory.resolve("config.yaml"), lines);
  }
}
