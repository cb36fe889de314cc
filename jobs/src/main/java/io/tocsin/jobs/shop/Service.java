// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import java.util.List;

/**
 * A service of the shop as it is built; how it fares is told by {@link Condition}.
 *
 * @param name its name, also that of its Deployment or StatefulSet
 * @param pods how many copies run
 * @param java whether it runs on a JVM; else it is a Go program
 * @param database whether it waits for a database of its own
 * @param latency its own mean time per request, without its calls to others, in seconds
 * @param cpu CPU time per request, in seconds
 * @param memory working set in bytes when it is idle
 * @param calls what it calls for each request
 */
public record Service(
    String name,
    int pods,
    boolean java,
    boolean database,
    double latency,
    double cpu,
    double memory,
    List<Call> calls) {

  /**
   * Calls from one service to another.
   *
   * @param callee the other service
   * @param ratio calls per request
   */
  record Call(String callee, double ratio) {}

  public Service {
    calls = List.copyOf(calls);
  }

  /** Whether its work comes from a queue rather than by requests. */
  boolean readsQueue() {
    return name.equals(Topology.WORKER);
  }

  /**
   * Whether its pods keep their names when they are replaced, as those of a StatefulSet do; the
   * pods of the others are new ones then, with new series.
   */
  boolean stateful() {
    return database;
  }

  /** The limits of one pod: memory in bytes. */
  double memoryLimit() {
    return 2 * memory;
  }
}
