// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static io.tocsin.connectors.remotewrite.Proto.bits;
import static io.tocsin.connectors.remotewrite.Proto.bytes;
import static io.tocsin.connectors.remotewrite.Proto.join;
import static io.tocsin.connectors.remotewrite.Proto.number;
import static io.tocsin.connectors.remotewrite.Proto.real;
import static io.tocsin.connectors.remotewrite.Proto.signed;
import static io.tocsin.connectors.remotewrite.Proto.varints;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.NativeHistogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NativeHistogramReaderTest {
  /** Positive buckets 0, 1, 2, 5, 6 with 1, 3, 4, 7, 8; negative 0, 1 with 1, 2; one zero. */
  private static final byte[] MESSAGE =
      join(
          number(1, 27),
          real(3, 18.4),
          real(5, 1e-128),
          number(6, 1),
          bytes(8, number(2, 2)),
          bytes(9, varints(2, 2)),
          bytes(11, number(2, 3)),
          bytes(11, signed(1, 2), number(2, 2)),
          bytes(12, varints(2, 4, 2, 6, 2)),
          number(14, 2),
          number(15, 1_700_000_000_000L),
          number(17, 1_600_000_000_000L));

  private final NativeHistogramReader reader =
      new NativeHistogramReader(RemoteWriteLimits.DEFAULTS);
  private final NativeHistogram histogram = new NativeHistogram();

  @Test
  void spansAndDeltasBecomeBuckets() {
    assertThat(reader.read(MESSAGE, 0, MESSAGE.length, histogram)).isNull();
    assertThat(reader.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(reader.start()).isEqualTo(1_600_000_000_000L);
    assertThat(histogram.schema()).isZero();
    assertThat(histogram.count()).isEqualTo(27);
    assertThat(histogram.sum()).isEqualTo(18.4);
    assertThat(histogram.zeroCount()).isEqualTo(1);
    assertThat(histogram.reset()).isEqualTo(NativeHistogram.Reset.NO);
    assertThat(histogram.stale()).isFalse();
    assertThat(histogram.positive().size()).isEqualTo(5);
    assertThat(histogram.positive().index(3)).isEqualTo(5);
    assertThat(histogram.positive().count(3)).isEqualTo(7);
    assertThat(histogram.negative().count(1)).isEqualTo(2);
  }

  @Test
  void aStaleHistogramIsToldFromNaN() {
    byte[] stale = bits(3, 0x7FF0000000000002L);
    assertThat(reader.read(stale, 0, stale.length, histogram)).isNull();
    assertThat(histogram.stale()).isTrue();
    byte[] nan = real(3, Double.NaN);
    assertThat(reader.read(nan, 0, nan.length, histogram)).isNull();
    assertThat(histogram.stale()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aHistogramInABodyCanBeReadFromIt(Protocol protocol) {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(protocol);
    byte[] labels = RemoteWriteEncoder.encodeLabels(Labels.of("__name__", "rpc_seconds"));
    encoder.histogram(labels, MESSAGE);
    byte[] plain = encoder.finishPlain();
    DecodedBody body = new DecodedBody();
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
    assertThat(decoder.decode(plain, 0, plain.length, protocol, body)).isNull();
    assertThat(body.histogramCount()).isEqualTo(1);
    assertThat(body.histogramTimestamp(0)).isEqualTo(1_700_000_000_000L);
    assertThat(body.histogramStart(0)).isEqualTo(1_600_000_000_000L);
    assertThat(body.latest()).isEqualTo(1_700_000_000_000L);
    assertThat(reader.read(plain, body.histogramAt(0), body.histogramLength(0), histogram))
        .isNull();
    assertThat(histogram.count()).isEqualTo(27);
  }
}
