// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import java.io.Serializable;
import java.time.Duration;

/**
 * When what several series of an entity do together is unusual.
 *
 * @param memory how long an entity's usual noise and relations are remembered
 * @param tailMemory how long it is remembered how far and how often it goes beyond that
 * @param expiry an entity silent for longer than this is forgotten
 * @param leastSeries a share is taken of at least so many series
 * @param leastDeviating at least so many of them must deviate
 * @param shareChance a share that chance reaches with this probability is at the boundary
 * @param falseDiscoveries the part of what is found in a tick that may be chance, over all entities
 * @param distanceDeviations the boundary of the distance, in standard deviations of its logarithm
 * @param distancesPerDay and at least as far as the entity's own tail goes so many times a day
 * @param relationDeviations by how much a metric may miss what the others say, in its own standard
 *     errors
 * @param relationLeast and in boundaries of the metric itself
 * @param alarmsPerDay so many strong findings of single series an entity may tell in a day, in the
 *     long run
 * @param alarmStep by this part the next one must be stronger after each
 */
public record EntitySettings(
    Duration memory,
    Duration tailMemory,
    Duration expiry,
    int leastSeries,
    int leastDeviating,
    double shareChance,
    double falseDiscoveries,
    double distanceDeviations,
    double distancesPerDay,
    double relationDeviations,
    double relationLeast,
    double alarmsPerDay,
    double alarmStep)
    implements Serializable {

  /** What is shipped. */
  public static final EntitySettings DEFAULTS =
      new EntitySettings(
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofHours(25),
          5,
          3,
          1e-7,
          0.05,
          3.25,
          0.5,
          7,
          0.5,
          1,
          0.4);

  public EntitySettings {
    positive("memory", (double) memory.toMillis());
    positive("tailMemory", (double) tailMemory.toMillis());
    positive("expiry", (double) expiry.toMillis());
    positive("leastDeviating", leastDeviating);
    probability("shareChance", shareChance);
    probability("falseDiscoveries", falseDiscoveries);
    positive("distanceDeviations", distanceDeviations);
    positive("distancesPerDay", distancesPerDay);
    positive("relationDeviations", relationDeviations);
    positive("relationLeast", relationLeast);
    positive("alarmsPerDay", alarmsPerDay);
    positive("alarmStep", alarmStep);
    if (leastSeries < leastDeviating) {
      throw new IllegalArgumentException("leastSeries must not be less than leastDeviating");
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be greater than zero, not " + value);
    }
  }

  private static void probability(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be between 0 and 1, not " + value);
    }
  }
}
