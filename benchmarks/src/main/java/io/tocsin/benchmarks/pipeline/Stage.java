// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.fleet.FleetSettings;
import io.tocsin.jobs.local.BrokerSettings;
import io.tocsin.jobs.local.Directories;
import io.tocsin.jobs.local.KafkaBroker;
import io.tocsin.jobs.local.Resources;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a workload is played: a Kafka broker, the workload that it gets, and a Flink cluster, all
 * of which end with it.
 */
record Stage(Path directory, KafkaBroker broker, Workload workload, FlinkCluster cluster)
    implements AutoCloseable {

  /**
   * Starts all; nothing is sent yet.
   *
   * @param directory that all write below, removed in the end
   */
  static Stage open(Path directory, Resources resources, FleetSettings fleet, Workload.Plan plan)
      throws Exception {
    Files.createDirectories(directory);
    KafkaBroker broker = KafkaBroker.start(BrokerSettings.temporary(directory), resources::add);
    Workload workload = resources.add(Workload.create(fleet, plan, broker.bootstrapServers()));
    FlinkCluster cluster =
        FlinkCluster.start(
            directory.resolve("flink"), Needs.heapMegabytes(fleet.series()), resources);
    return new Stage(directory, broker, workload, cluster);
  }

  @Override
  public void close() {
    cluster.close();
    workload.close();
    broker.close();
    Directories.delete(directory);
  }
}
