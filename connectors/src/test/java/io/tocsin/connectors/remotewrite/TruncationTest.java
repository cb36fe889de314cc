// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TruncationTest {
  private static final int SERIES = 12;

  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
  private final DecodedBody body = new DecodedBody();

  /** Where a body ends between two fields, less of it is a body too; nowhere else. */
  @ParameterizedTest
  @EnumSource
  void aTruncatedBodyIsRejected(Protocol protocol) {
    byte[] whole = body(protocol);
    int accepted = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      Rejection rejection = decoder.decode(part, 0, length, protocol, body);
      if (rejection == null) {
        accepted++;
      } else {
        assertThat(rejection.reason()).isEqualTo(Rejection.Reason.PROTOBUF);
        assertThat(body.sampleCount()).isZero();
      }
    }
    int symbols = protocol == Protocol.V1 ? 0 : 6 + SERIES;
    int metadata = protocol == Protocol.V1 ? 1 : 0;
    assertThat(accepted).isEqualTo(SERIES + symbols + metadata);
    assertThat(decoder.decode(whole, 0, whole.length, protocol, body)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aTruncatedBlockIsRejected(Protocol protocol) {
    byte[] whole = body(protocol);
    byte[] block = SnappyBlock.encode(whole, 0, whole.length);
    SnappyBlock snappy = new SnappyBlock(RemoteWriteLimits.DEFAULTS);
    for (int length = 0; length < block.length; length++) {
      assertThat(snappy.decode(block, 0, length)).isNotNull();
    }
  }

  private static byte[] body(Protocol protocol) {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(protocol);
    encoder.metadata("requests_total", MetricKind.COUNTER);
    for (int i = 0; i < SERIES; i++) {
      Labels labels =
          Labels.of("__name__", "requests_total", "instance", "shop-" + i, "job", "x".repeat(140));
      encoder.sample(RemoteWriteEncoder.encodeLabels(labels), 1_700_000_000_000L + i, 1.5 * i);
    }
    return encoder.finishPlain();
  }
}
