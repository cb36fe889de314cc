// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every topic, with what its records are keyed by, how long they stay and how large they may be.
 */
public enum Topic {
  /** Remote-write bodies as they came, keyed by tenant and sender: a sender's bodies in order. */
  METRICS("tocsin.metrics", 8, Keep.delete(Duration.ofHours(6)), Limits.BODY),

  /** Log lines as the shippers send them, keyed by what the shipper chooses. */
  LOGS("tocsin.logs", 8, Keep.delete(Duration.ofHours(6)).stamped(), Limits.RECORD),

  /** Deploys and other changes, Avro, keyed by the change's id. */
  CHANGES("tocsin.changes", 1, Keep.delete(Duration.ofDays(30)).stamped(), Limits.RECORD),

  /**
   * Calls between services, and who owns an object of Kubernetes or where it runs, Avro, keyed by
   * the call, or the object and which of both. Compacted to what is known of each, which is told
   * again every hour, and deleted after 7 days.
   */
  TOPOLOGY("tocsin.topology", 1, Keep.both(Duration.ofDays(7)).stamped(), Limits.RECORD),

  /**
   * Findings and marks of progress, Avro, keyed by the finding's id or the source. Exactly one
   * partition: its total order is what makes incidents repeatable.
   */
  FINDINGS("tocsin.findings", 1, Keep.delete(Duration.ofDays(3)).stamped(), Limits.RECORD),

  /**
   * Transitions of incidents, Avro, keyed by the incident's id. Compacted, so that the last state
   * of each is found quickly, and deleted after 90 days, because an id never comes back.
   */
  INCIDENTS("tocsin.incidents", 1, Keep.both(Duration.ofDays(90)).stamped(), Limits.RECORD),

  /**
   * Alerts, Avro, keyed by the alert's id. Compacted to the current state of each, and deleted
   * after 90 days: compaction alone would keep every alert there ever was.
   */
  ALERTS("tocsin.alerts", 1, Keep.both(Duration.ofDays(90)).stamped(), Limits.RECORD),

  /**
   * Patterns of log lines, Avro, keyed by service and pattern. Compacted to what is known of each,
   * which is said again every hour, and deleted after 30 days.
   */
  PATTERNS("tocsin.patterns", 1, Keep.both(Duration.ofDays(30)).stamped(), Limits.RECORD),

  /** What could not be read, Avro, keyed by topic, partition and offset of the original. */
  DEAD_LETTERS("tocsin.dead-letters", 1, Keep.delete(Duration.ofDays(7)).stamped(), Limits.RECORD),

  /** Rules, feedback and model choices, keyed by what they are about; the newest holds for ever. */
  CONTROL("tocsin.control", 1, Keep.compact().stamped(), Limits.RECORD);

  /** Sizes of records. */
  private static final class Limits {
    /** Room for the largest remote-write body that the gateway may be told to accept. */
    static final int BODY = 33 * 1024 * 1024;

    /** Kafka's own default. */
    static final int RECORD = 1024 * 1024 + 12;
  }

  /** How old records go: by age, by a newer one of the same key, or both. */
  private enum Cleanup {
    DELETE("delete"),
    COMPACT("compact"),
    BOTH("compact,delete");

    private final String policy;

    Cleanup(String policy) {
      this.policy = policy;
    }
  }

  /**
   * What is kept and for how long.
   *
   * @param retention the age at which records are deleted; zero for never
   * @param stampedByBroker whether age counts from the arrival at the broker rather than from the
   *     record's own timestamp, which is event time for what a job writes: when last month is
   *     replayed it must not be deleted at once
   */
  private record Keep(Cleanup cleanup, Duration retention, boolean stampedByBroker) {
    static Keep delete(Duration retention) {
      return new Keep(Cleanup.DELETE, retention, false);
    }

    static Keep both(Duration retention) {
      return new Keep(Cleanup.BOTH, retention, false);
    }

    static Keep compact() {
      return new Keep(Cleanup.COMPACT, Duration.ZERO, false);
    }

    Keep stamped() {
      return new Keep(cleanup, retention, true);
    }
  }

  private static final long LARGEST_SEGMENT_AGE = Duration.ofDays(1).toMillis();

  private final String topicName;
  private final int partitions;
  private final Cleanup cleanup;
  private final Duration retention;
  private final boolean stampedByBroker;
  private final int maxMessageBytes;

  Topic(String topicName, int partitions, Keep keep, int maxMessageBytes) {
    this.topicName = topicName;
    this.partitions = partitions;
    this.cleanup = keep.cleanup;
    this.retention = keep.retention;
    this.stampedByBroker = keep.stampedByBroker;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** The name in Kafka. */
  public String topicName() {
    return topicName;
  }

  /** How many partitions it is created with unless the settings say otherwise. */
  public int partitions() {
    return partitions;
  }

  /** Whether it must have one partition, neither fewer nor more. */
  public boolean exactlyOnePartition() {
    return this == FINDINGS;
  }

  /** The largest batch of records that the broker takes. */
  public int maxMessageBytes() {
    return maxMessageBytes;
  }

  /** How long records are kept; zero for ever. */
  public Duration retention() {
    return retention;
  }

  /** The topic's settings as Kafka names them. */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("cleanup.policy", cleanup.policy);
    settings.put("max.message.bytes", Integer.toString(maxMessageBytes));
    settings.put("message.timestamp.type", stampedByBroker ? "LogAppendTime" : "CreateTime");
    if (!retention.isZero()) {
      long millis = retention.toMillis();
      settings.put("retention.ms", Long.toString(millis));
      // Kafka deletes whole segments only; shorter ones make the retention mean what it says.
      settings.put("segment.ms", Long.toString(Math.min(millis / 6, LARGEST_SEGMENT_AGE)));
    }
    return settings;
  }
}
