// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;

/** Tells whether broker and jobs are alive. Not safe for use by several threads. */
final class Vitals {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** How long a job may be about to start again: a broker that is slow for a moment ends no run. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BooleanSupplier broker;
  private final Path brokerLog;
  private final LocalFlink flink;
  private final Map<String, JobID> jobs;

  /** When each job was seen running last, in ns of {@link System#nanoTime}. */
  private final Map<String, Long> seen = new HashMap<>();

  private long last = System.nanoTime();

  /**
   * Begins to watch.
   *
   * @param broker whether its process is alive
   * @param jobs all that must run, by name
   */
  Vitals(BooleanSupplier broker, Path brokerLog, LocalFlink flink, Map<String, JobID> jobs) {
    this.broker = broker;
    this.brokerLog = brokerLog;
    this.flink = flink;
    this.jobs = Map.copyOf(jobs);
    jobs.keySet().forEach(name -> seen.put(name, last));
  }

  /**
   * Looks, unless it did so less than a second ago.
   *
   * @throws LocalRunException when something is dead; its sentence says what
   */
  void check() {
    if (System.nanoTime() - last < INTERVAL.toNanos()) {
      return;
    }
    last = System.nanoTime();
    if (!broker.getAsBoolean()) {
      throw new LocalRunException(
          "The Kafka broker has ended; its own log is %s.".formatted(brokerLog));
    }
    jobs.forEach(this::check);
  }

  private void check(String name, JobID job) {
    if (flink.isRunning(job)) {
      seen.put(name, System.nanoTime());
    } else if (flink.hasEnded(job)) {
      throw new LocalRunException("The job %s has ended: %s.".formatted(name, flink.failure(job)));
    } else if (System.nanoTime() - seen.getOrDefault(name, last) > PATIENCE.toNanos()) {
      throw new LocalRunException(
          "The job %s has not been running for %d s: %s."
              .formatted(name, PATIENCE.toSeconds(), flink.failure(job)));
    }
  }

  /**
   * Looks again and again.
   *
   * @throws LocalRunException when something is dead; its sentence says what
   */
  void watch() throws InterruptedException {
    while (true) {
      check();
      TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
    }
  }
}
