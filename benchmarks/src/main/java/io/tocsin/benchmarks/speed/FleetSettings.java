// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

/**
 * What a {@link Fleet} sends.
 *
 * @param series how many series there are, about: a pod has {@link Fleet#SERIES_PER_POD}
 * @param scrapes how many samples each series has
 * @param senders how many Prometheus share the pods
 * @param samplesPerBody how many samples a body holds at most
 * @param brokenPart which part of the series deviates
 * @param brokenFrom from which part of the scrapes on
 * @param seed of all that is random
 */
record FleetSettings(
    int series,
    int scrapes,
    int senders,
    int samplesPerBody,
    double brokenPart,
    double brokenFrom,
    long seed) {

  /** Bodies as Prometheus sends them, one series in a thousand broken in the last fifth. */
  static FleetSettings of(int series, int scrapes, int samplesPerBody) {
    return new FleetSettings(series, scrapes, 8, samplesPerBody, 0.001, 0.8, 42);
  }

  FleetSettings {
    if (series < senders * Fleet.SERIES_PER_POD) {
      throw new IllegalArgumentException(
          "there must be at least " + senders * Fleet.SERIES_PER_POD + " series");
    }
  }

  FleetSettings withSenders(int number) {
    return new FleetSettings(series, scrapes, number, samplesPerBody, brokenPart, brokenFrom, seed);
  }

  int pods() {
    return series / Fleet.SERIES_PER_POD;
  }

  int firstBrokenScrape() {
    return (int) (scrapes * brokenFrom);
  }
}
