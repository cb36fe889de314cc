// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.nio.file.Path;

/**
 * Where a {@link KafkaBroker} lives.
 *
 * @param data holds what the broker stores; created when missing
 * @param keepsData whether the data outlives the broker
 * @param log gets the output of the broker's process, appended
 * @param port where clients connect, on the loopback address; 0 for any free one
 */
public record BrokerSettings(Path data, boolean keepsData, Path log, int port) {

  /** A broker on a free port whose data is deleted when it is closed. */
  public static BrokerSettings temporary(Path directory) {
    return new BrokerSettings(directory.resolve("kafka"), false, directory.resolve("kafka.log"), 0);
  }
}
