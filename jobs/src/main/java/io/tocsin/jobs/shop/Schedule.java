// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** When services are rolled out and containers die, by the seed; and by the faults. */
final class Schedule {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  /** A service is rolled out within each such period once. */
  private static final long ROLLOUT_PERIOD = 5 * DAY;

  /** A pod's container dies within each such period once. */
  private static final long RESTART_PERIOD = 12 * DAY;

  /** Between the replacement of one pod and that of the next. */
  private static final long PER_POD = 7_000;

  private final long seed;

  Schedule(long seed) {
    this.seed = Dice.mix(seed ^ 0x7363686564L);
  }

  /** How many rollouts one of a service's pods has seen at a time. */
  int generation(Service service, int pod, Step step) {
    long mine = step.time() - pod * PER_POD;
    int generation = (int) events(Dice.mix(seed ^ service.name().hashCode()), ROLLOUT_PERIOD, mine);
    for (Fault fault : step.faults()) {
      if (fault.service().equals(service.name()) && fault.kind() == FaultKind.BAD_DEPLOY) {
        generation += (mine >= fault.from() ? 1 : 0) + (mine >= fault.until() ? 1 : 0);
      }
    }
    return generation;
  }

  /** How often a pod's container has died at a time; a leak ends with that, too. */
  int restarts(Service service, int pod, Step step) {
    long time = step.time();
    int restarts = (int) events(seed + 31L * service.name().hashCode() + pod, RESTART_PERIOD, time);
    for (Fault fault : step.faults()) {
      if (fault.service().equals(service.name()) && fault.kind() == FaultKind.MEMORY_LEAK) {
        restarts += time >= fault.until() ? 1 : 0;
      }
    }
    return restarts;
  }

  /** How many events had happened, one in each period at a time that only chance knows. */
  private static long events(long key, long period, long time) {
    long index = Math.floorDiv(time, period);
    long at = index * period + (long) (period * Dice.fraction(key, index));
    return index + (time >= at ? 1 : 0);
  }
}
