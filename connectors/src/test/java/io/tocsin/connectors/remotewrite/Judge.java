// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/** Gives hostile bodies to a decoder, and after each a good one that must be read as ever. */
final class Judge {
  static final RemoteWriteLimits LIMITS =
      new RemoteWriteLimits(1 << 20, 1 << 20, 100, 200, 20, 64, 300, 50, 16);

  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(LIMITS);
  private final DecodedBody body = new DecodedBody();

  @Nullable Reason reason(byte[] bytes, Protocol protocol) {
    Rejection rejection = rejection(bytes, protocol);
    return rejection == null ? null : rejection.reason();
  }

  @Nullable Rejection rejection(byte[] bytes, Protocol protocol) {
    Rejection rejection = decoder.decode(bytes, 0, bytes.length, protocol, body);
    if (rejection != null) {
      assertThat(body.seriesCount() + body.sampleCount() + body.histogramCount()).isZero();
    }
    byte[] good =
        Proto.first(Proto.label("__name__", "up"), Proto.label("job", "x"), Proto.sample(1, 2));
    assertThat(decoder.decode(good, 0, good.length, Protocol.V1, body)).isNull();
    assertThat(body.labels(0)).hasToString("up{job=\"x\"}");
    return rejection;
  }
}
