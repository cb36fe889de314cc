// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.fleet;

import io.tocsin.connectors.remotewrite.Protocol;

/**
 * What a {@link Fleet} consists of.
 *
 * @param series how many series there are, about: a pod has {@link Fleet#SERIES_PER_POD}
 * @param senders how many Prometheus share the pods
 * @param samplesPerBody how many samples a body holds at most
 * @param protocol of the bodies
 * @param brokenPart which part of the series deviates
 * @param seed of all that is random
 */
public record FleetSettings(
    int series, int senders, int samplesPerBody, Protocol protocol, double brokenPart, long seed) {
  private static final int SENDERS = 8;

  /** What Prometheus puts into a body unless it is told otherwise. */
  private static final int SAMPLES_PER_BODY = 2000;

  /** Bodies as Prometheus sends them, one series in a thousand broken. */
  public static FleetSettings of(int series) {
    return new FleetSettings(series, SENDERS, SAMPLES_PER_BODY, Protocol.V1, 0.001, 42);
  }

  public FleetSettings {
    if (series < senders * Fleet.SERIES_PER_POD) {
      throw new IllegalArgumentException(
          "there must be at least " + senders * Fleet.SERIES_PER_POD + " series");
    }
  }

  /** The same from one sender, in bodies of this size. */
  public FleetSettings withBodies(int samples) {
    return new FleetSettings(series, 1, samples, protocol, brokenPart, seed);
  }

  public FleetSettings withProtocol(Protocol other) {
    return new FleetSettings(series, senders, samplesPerBody, other, brokenPart, seed);
  }

  int pods() {
    return series / Fleet.SERIES_PER_POD;
  }
}
