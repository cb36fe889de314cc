// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.connectors.topics.Topic;
import java.time.Duration;

/**
 * What the gateway takes at most. What goes over a limit that passes (the last three) is answered
 * with 503, so that the sender tries again; over the others with 4xx, so that it does not.
 *
 * @param remoteWrite what one remote-write body may hold
 * @param maxChangesBytes size of a body with changes
 * @param inFlightBytes bytes of bodies that are held in memory at once
 * @param maxRequests requests that are being handled at once
 * @param deadline time from a request's headers to its answer
 */
public record LimitSettings(
    RemoteWriteLimits remoteWrite,
    int maxChangesBytes,
    long inFlightBytes,
    int maxRequests,
    Duration deadline) {
  /** For a heap of 512 MiB and senders that wait for 30 s, as Prometheus does. */
  public static final LimitSettings DEFAULTS =
      new LimitSettings(
          RemoteWriteLimits.DEFAULTS, 1 << 20, 128L << 20, 1_000, Duration.ofSeconds(25));

  /** What Kafka adds to a body: keys, headers and the frame of the batch. */
  private static final int ENVELOPE_BYTES = 64 * 1024;

  public LimitSettings {
    Check.that(
        remoteWrite.maxBodyBytes() <= Topic.METRICS.maxMessageBytes() - ENVELOPE_BYTES,
        "remoteWrite.maxBodyBytes must leave room in a record of topic tocsin.metrics: at most "
            + (Topic.METRICS.maxMessageBytes() - ENVELOPE_BYTES));
    Check.that(
        maxChangesBytes >= 1 && maxChangesBytes <= 16 << 20,
        "maxChangesBytes must be from 1 to 16 MiB");
    Check.that(
        inFlightBytes >= Math.max(remoteWrite.maxBodyBytes(), maxChangesBytes),
        "inFlightBytes must have room for the largest body");
    Check.that(inFlightBytes <= 64L << 30, "inFlightBytes must be at most 64 GiB");
    Check.that(maxRequests >= 1, "maxRequests must be 1 or more");
    Check.that(
        deadline.toMillis() >= 1_000 && deadline.toMinutes() <= 10,
        "deadline must be from 1 s to 10 min");
  }
}
