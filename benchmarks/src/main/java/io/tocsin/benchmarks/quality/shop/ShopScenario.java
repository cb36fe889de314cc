// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.shop;

import io.tocsin.jobs.shop.Fault;
import io.tocsin.jobs.shop.FaultKind;
import io.tocsin.jobs.shop.Service;
import io.tocsin.jobs.shop.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Hours of health, then faults, one at a time or two: of two, neither service needs the other.
 *
 * @param from when it begins, event time in ms since the epoch
 * @param healthyUntil when the first fault begins
 * @param until when all is over
 * @param faults in the order in which they begin
 */
public record ShopScenario(long from, long healthyUntil, long until, List<Fault> faults) {
  /** Monday, 2 March 2026, 00:00 UTC. */
  private static final long FROM = 1_772_409_600_000L;

  static final Duration HEALTHY = Duration.ofHours(6);
  private static final Duration FAULT = Duration.ofMinutes(8);
  private static final Duration PAUSE = Duration.ofMinutes(17);
  private static final int EVERY_THIRD = 3;

  private static final List<FaultKind> KINDS =
      List.of(
          FaultKind.BAD_DEPLOY,
          FaultKind.MEMORY_LEAK,
          FaultKind.CPU_HOG,
          FaultKind.SLOW_DATABASE,
          FaultKind.NETWORK_DELAY,
          FaultKind.LOG_ERRORS);

  public ShopScenario {
    faults = List.copyOf(faults);
  }

  /**
   * A scenario by a seed.
   *
   * @param count of faults
   * @param healthy how long nothing is wrong before the first
   */
  public static ShopScenario seeded(long seed, int count, Duration healthy) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    long healthyUntil = FROM + healthy.toMillis();
    long at = healthyUntil;
    int episode = 0;
    while (faults.size() < count) {
      Fault first = fault(KINDS.get(faults.size() % KINDS.size()), at, random, "");
      faults.add(first);
      if (++episode % EVERY_THIRD == 0 && faults.size() < count) {
        FaultKind kind = KINDS.get(faults.size() % KINDS.size());
        // Not quite at once: neither is the other's echo, and both are there together.
        faults.add(fault(kind, at + random.nextInt(30_000), random, first.service()));
      }
      at += FAULT.plus(PAUSE).toMillis();
    }
    return new ShopScenario(FROM, healthyUntil, at, faults);
  }

  private static Fault fault(FaultKind kind, long at, Random random, String unrelatedTo) {
    while (true) {
      List<Service> services = Topology.services();
      Service service = services.get(random.nextInt(services.size()));
      if (kind.canHappenTo(service)
          && (unrelatedTo.isEmpty() || !Topology.related(service.name(), unrelatedTo))) {
        return new Fault(service.name(), kind, at, at + FAULT.toMillis());
      }
    }
  }
}
