// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
  private static final long STALE = 0x7FF0000000000002L;
  private static final List<Labels> SERIES =
      List.of(
          Labels.of("__name__", "up", "instance", "shop:9100", "job", "node"),
          Labels.of("__name__", "http_request_seconds_bucket", "le", "0.5", "job", "shop"),
          Labels.of("__name__", "http_request_seconds_sum", "job", "shop"),
          Labels.of("__name__", "rpc_seconds", "quantile", "0.99", "job", "shop"),
          Labels.of("__name__", "x", "pod", "shop-5d4f8c7b9-x2x4z", "instance", "10.0.0.1:80"),
          Labels.of("__name__", "x_sum", "pod", "shop-0", "id", "/kubepods/pod1", "name", "é"),
          Labels.of("__name__", "températures", "città", "Zürich 🚀", "long", "x".repeat(300)),
          Labels.of("__name__", "a"));

  private final SnappyBlock snappy = new SnappyBlock(RemoteWriteLimits.DEFAULTS);
  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
  private final DecodedBody body = new DecodedBody();

  @ParameterizedTest
  @EnumSource
  void whatIsEncodedIsDecoded(Protocol protocol) {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(protocol);
    long[] values = {3, 4, 0, Double.doubleToRawLongBits(1.5), STALE, -1, 0x7FF8000000000000L, 1};
    long[] times = {5, 6, 0, 1_700_000_000_000L, -1, Long.MAX_VALUE, Long.MIN_VALUE, 127};
    for (int i = 0; i < SERIES.size(); i++) {
      encoder.sample(RemoteWriteEncoder.encodeLabels(SERIES.get(i)), times[i], values[i], 7);
    }
    decode(encoder.finish(), protocol);
    assertThat(body.seriesCount()).isEqualTo(SERIES.size());
    assertThat(body.sampleCount()).isEqualTo(SERIES.size());
    assertThat(body.earliest()).isEqualTo(Long.MIN_VALUE);
    assertThat(body.latest()).isEqualTo(Long.MAX_VALUE);
    for (int i = 0; i < SERIES.size(); i++) {
      assertThat(body.sampleSeries(i)).isEqualTo(i);
      assertThat(body.timestamp(i)).isEqualTo(times[i]);
      assertThat(body.valueBits(i)).isEqualTo(values[i]);
      assertThat(body.start(i)).isEqualTo(protocol == Protocol.V1 ? 0 : 7);
      assertThat(body.labels(i)).isEqualTo(SERIES.get(i));
      assertThat(body.hash(i)).isEqualTo(SeriesHash.of(SERIES.get(i)));
      assertThat(body.check(i)).isEqualTo(SeriesHash.checkOf(SERIES.get(i)));
      assertThat(body.group(i)).isEqualTo(SeriesHash.groupOf(SERIES.get(i)));
    }
  }

  @Test
  void bothProtocolsGiveTheSameCanonicalLabels() {
    for (Labels labels : SERIES) {
      byte[] first = canonical(Protocol.V1, labels);
      assertThat(canonical(Protocol.V2, labels)).isEqualTo(first);
      assertThat(DecodedBody.readLabels(first, 0, first.length)).isEqualTo(labels);
    }
  }

  @Test
  void kindsComeWithTheSeriesInTheSecondProtocolAndBesideThemInTheFirst() {
    byte[] labels = RemoteWriteEncoder.encodeLabels(SERIES.get(1));
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V2);
    encoder.metadata("http_request_seconds", MetricKind.HISTOGRAM);
    encoder.sample(labels, 1, 1.0);
    decode(encoder.finish(), Protocol.V2);
    assertThat(body.kind(0)).isEqualTo(MetricKind.HISTOGRAM.number());

    encoder = new RemoteWriteEncoder(Protocol.V1);
    encoder.metadata("http_request_seconds", MetricKind.HISTOGRAM);
    encoder.sample(labels, 1, 1.0);
    decode(encoder.finish(), Protocol.V1);
    assertThat(body.kind(0)).isZero();
    assertThat(body.metadataCount()).isEqualTo(1);
    assertThat(body.metadataFamily(0)).isEqualTo("http_request_seconds");
    assertThat(body.metadataKind(0)).isEqualTo(MetricKind.HISTOGRAM.number());
  }

  private byte[] canonical(Protocol protocol, Labels labels) {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(protocol);
    encoder.sample(RemoteWriteEncoder.encodeLabels(labels), 1, 1.0);
    decode(encoder.finish(), protocol);
    byte[] bytes = new byte[body.labelBytes(0) + 2];
    assertThat(body.copyLabels(0, bytes, 1)).isEqualTo(bytes.length - 1);
    byte[] middle = new byte[bytes.length - 2];
    System.arraycopy(bytes, 1, middle, 0, middle.length);
    return middle;
  }

  private void decode(byte[] packed, Protocol protocol) {
    assertThat(snappy.decode(packed, 0, packed.length)).isNull();
    assertThat(decoder.decode(snappy.bytes(), 0, snappy.length(), protocol, body)).isNull();
  }
}
