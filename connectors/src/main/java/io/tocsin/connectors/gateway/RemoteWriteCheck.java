// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.Rejection;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.connectors.remotewrite.SnappyBlock;
import org.jspecify.annotations.Nullable;

/** Decodes bodies to see whether they are right and what is in them; one instance per thread. */
final class RemoteWriteCheck {
  private final SnappyBlock snappy;
  private final RemoteWriteDecoder decoder;
  private final DecodedBody decoded = new DecodedBody();

  RemoteWriteCheck(RemoteWriteLimits limits) {
    snappy = new SnappyBlock(limits);
    decoder = new RemoteWriteDecoder(limits);
  }

  /**
   * What a body holds.
   *
   * @param latest the time of its latest sample or histogram in ms since 1970; {@link
   *     Long#MIN_VALUE} without any
   */
  record Contents(int samples, int histograms, int exemplars, long latest) {}

  /** Why the body is not right, or null when it is. */
  @Nullable Rejection check(byte[] body, Protocol protocol) {
    Rejection rejection = snappy.decode(body, 0, body.length);
    return rejection != null
        ? rejection
        : decoder.decode(snappy.bytes(), 0, snappy.length(), protocol, decoded);
  }

  /** What is in the body that was checked last. */
  Contents contents() {
    return new Contents(
        decoded.sampleCount(), decoded.histogramCount(), decoded.exemplarCount(), decoded.latest());
  }
}
