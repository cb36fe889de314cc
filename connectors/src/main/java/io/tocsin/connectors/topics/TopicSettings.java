// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

import java.time.Duration;

/**
 * How topics are created.
 *
 * @param replicationFactor on how many brokers each record is kept; {@link #BROKERS_DEFAULT} to
 *     leave that, and how many must have it, to the brokers
 * @param metricsPartitions partitions of {@link Topic#METRICS}
 * @param logsPartitions partitions of {@link Topic#LOGS}
 * @param timeout how long to wait for the brokers
 */
public record TopicSettings(
    int replicationFactor, int metricsPartitions, int logsPartitions, Duration timeout) {
  /** The brokers' own default. */
  public static final int BROKERS_DEFAULT = 0;

  /** For one broker. */
  public static final TopicSettings DEFAULTS =
      new TopicSettings(
          1, Topic.METRICS.partitions(), Topic.LOGS.partitions(), Duration.ofSeconds(30));

  public TopicSettings {
    require(
        replicationFactor >= BROKERS_DEFAULT && replicationFactor <= Short.MAX_VALUE,
        "replicationFactor must be 1 or more, or 0 for the brokers' default");
    require(metricsPartitions >= 1, "metricsPartitions must be 1 or more");
    require(logsPartitions >= 1, "logsPartitions must be 1 or more");
    require(timeout.compareTo(Duration.ZERO) > 0, "timeout must be longer than zero");
  }

  int partitions(Topic topic) {
    return switch (topic) {
      case METRICS -> metricsPartitions;
      case LOGS -> logsPartitions;
      case CHANGES, TOPOLOGY, FINDINGS, INCIDENTS, ALERTS, PATTERNS, DEAD_LETTERS, CONTROL ->
          topic.partitions();
    };
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
