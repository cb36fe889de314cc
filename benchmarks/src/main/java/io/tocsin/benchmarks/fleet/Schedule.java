// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.fleet;

/**
 * When the series of a {@link Fleet} are scraped. The first scrapes are far apart, so that series
 * soon have the age at which the detector gives them all that a series ever gets.
 *
 * @param ageing how many scrapes are far apart
 * @param scrapes how many there are in all
 * @param stepMillis between two of the others
 * @param brokenFrom the scrape with which the first series goes up
 * @param brokenDuring the others follow during so many scrapes
 */
public record Schedule(int ageing, int scrapes, long stepMillis, int brokenFrom, int brokenDuring) {
  /** The usual interval of Prometheus in a cluster. */
  public static final long INTERVAL_MILLIS = 15_000;

  private static final long AGEING_STEP_MILLIS = 15 * 60_000;

  /** Three hours, which is past the age of profiles. */
  private static final int AGEING = 12;

  /** Which part of the scrapes is healthy. */
  private static final double HEALTHY = 0.8;

  /** Scrapes at the usual interval for so many minutes, all broken series going up at once. */
  public static Schedule minutes(int minutes) {
    return scrapes(AGEING + (int) (minutes * 60_000L / INTERVAL_MILLIS));
  }

  /** So many scrapes, the last fifth of them with faults. */
  public static Schedule scrapes(int scrapes) {
    return new Schedule(AGEING, scrapes, INTERVAL_MILLIS, (int) (scrapes * HEALTHY), 1);
  }

  /** One scrape. */
  public static Schedule once() {
    return new Schedule(0, 1, INTERVAL_MILLIS, 1, 1);
  }

  /** The time of a scrape, in ms since the first. */
  public long offsetOf(int scrape) {
    return Math.min(scrape, ageing) * AGEING_STEP_MILLIS
        + Math.max(0, scrape - ageing) * stepMillis;
  }

  /** How many usual intervals have passed since the scrape before. */
  double intervalsBefore(int scrape) {
    long millis = scrape == 0 ? stepMillis : offsetOf(scrape) - offsetOf(scrape - 1);
    return (double) millis / INTERVAL_MILLIS;
  }

  /** From the first scrape until after the last, in ms. */
  public long spanMillis() {
    return offsetOf(scrapes);
  }
}
