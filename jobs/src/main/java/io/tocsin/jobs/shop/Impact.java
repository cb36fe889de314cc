// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/**
 * What its own faults do to a service at one time.
 *
 * @param errors part of its requests that fail for it
 * @param slowness factor on its own latency
 * @param cpu factor on its CPU time
 * @param hog CPU that something else takes in each pod, in cores
 * @param throttled part of its CPU periods that end at the limit
 * @param database factor on the time its database takes
 * @param leak part of its free memory that has leaked
 * @param stall part of its reading that has stopped
 * @param drops part of its packets that get lost
 * @param lost part of its audit entries that get lost
 */
record Impact(
    double errors,
    double slowness,
    double cpu,
    double hog,
    double throttled,
    double database,
    double leak,
    double stall,
    double drops,
    double lost) {
  private static final Impact NONE = new Impact(0, 1, 1, 0, 0, 1, 0, 0, 0, 0);
  private static final double NETWORK_SECONDS = 0.4;

  static Impact on(Service service, Step step) {
    Impact impact = NONE;
    for (Fault fault : step.faults()) {
      if (fault.service().equals(service.name())) {
        double force = fault.force(step.time());
        impact = force > 0 ? impact.and(of(fault.kind(), force)) : impact;
      }
    }
    return impact;
  }

  private static Impact of(FaultKind kind, double force) {
    double late = Math.max(0, 2 * force - 1);
    return switch (kind) {
      case BAD_DEPLOY ->
          new Impact(0.35 * force, 1 + 0.2 * force, 1 + 0.3 * force, 0, 0, 1, 0, 0, 0, 0);
      case SLOW_DATABASE ->
          new Impact(0.02 * force, 1 + 7 * force, 1, 0, 0, 1 + 9 * force, 0, 0, 0, 0);
      case MEMORY_LEAK ->
          new Impact(0.06 * late, 1 + 4 * late, 1 + 0.8 * force, 0.3 * late, 0, 1, force, 0, 0, 0);
      case CPU_HOG ->
          new Impact(0.01 * force, 1 + 3.5 * force, 1, force, 0.8 * force, 1, 0, 0, 0, 0);
      case NETWORK_DELAY -> new Impact(0, 1, 1, 0, 0, 1, 0, 0, 0.04 * force, 0);
      case QUEUE_STALL -> new Impact(0, 1 + 9 * force, 1, 0, 0, 1, 0, 0.95 * force, 0, 0);
      case LOG_ERRORS -> new Impact(0, 1, 1, 0, 0, 1, 0, 0, 0, force);
    };
  }

  private Impact and(Impact other) {
    return new Impact(
        errors + other.errors,
        slowness * other.slowness,
        cpu * other.cpu,
        hog + other.hog,
        Math.max(throttled, other.throttled),
        database * other.database,
        Math.max(leak, other.leak),
        Math.max(stall, other.stall),
        drops + other.drops,
        Math.max(lost, other.lost));
  }

  /** Seconds that the network adds to a call. */
  static double networkDelay(Service caller, String callee, Step step) {
    double seconds = 0;
    for (Fault fault : step.faults()) {
      if (fault.kind() == FaultKind.NETWORK_DELAY
          && fault.service().equals(callee)
          && Topology.mainCallerOf(callee).filter(caller.name()::equals).isPresent()) {
        seconds += NETWORK_SECONDS * fault.force(step.time());
      }
    }
    return seconds;
  }
}
