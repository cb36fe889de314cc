// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.fleet.Fleet;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets what is scheduled from a certain time on happen from now on, some times as fast. Whatever is
 * late is counted from when it was due, so that a sender that cannot keep up hides nothing.
 */
final class Pace implements Fleet.Clock {
  private final long scheduledStart;
  private final double speed;
  private final boolean real;
  private final long start = System.currentTimeMillis();
  private long mostLate;

  /**
   * Begins now.
   *
   * @param scheduledStart what is scheduled for now, ms since the epoch
   * @param speed how much scheduled time passes in the time of a clock
   * @param real whether samples are scraped at the time of the clock rather than as scheduled
   */
  Pace(long scheduledStart, double speed, boolean real) {
    this.scheduledStart = scheduledStart;
    this.speed = speed;
    this.real = real;
  }

  @Override
  public long time(long scheduled) {
    long due = due(scheduled);
    long left = due - System.currentTimeMillis();
    while (left > 0) {
      LockSupport.parkNanos(left * 1_000_000);
      left = due - System.currentTimeMillis();
    }
    mostLate = Math.max(mostLate, -left);
    return real ? due : scheduled;
  }

  /** When that is to happen which is scheduled for this time; both in ms since the epoch. */
  long due(long scheduled) {
    return start + Math.round((scheduled - scheduledStart) / speed);
  }

  /** When it began, ms since the epoch. */
  long start() {
    return start;
  }

  /** By how much it was late at the most, in ms. */
  long mostLate() {
    return mostLate;
  }
}
