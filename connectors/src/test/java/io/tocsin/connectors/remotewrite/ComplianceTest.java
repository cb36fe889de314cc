// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static io.tocsin.connectors.remotewrite.Proto.bytes;
import static io.tocsin.connectors.remotewrite.Proto.number;
import static io.tocsin.connectors.remotewrite.Proto.real;
import static io.tocsin.connectors.remotewrite.Proto.signed;
import static io.tocsin.connectors.remotewrite.Proto.varints;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the compliance suite for remote-write receivers asks of a 2.0 body. */
class ComplianceTest {
  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
  private final DecodedBody body = new DecodedBody();
  private final Map<String, Integer> symbols = new LinkedHashMap<>(Map.of("", 0));
  private final List<byte[]> series = new ArrayList<>();

  private long symbol(String text) {
    symbols.putIfAbsent(text, symbols.size());
    return symbols.get(text);
  }

  private byte[] refs(String... labels) {
    long[] refs = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      refs[i] = symbol(labels[i]);
    }
    return bytes(1, varints(refs));
  }

  private void series(byte[]... fields) {
    series.add(bytes(5, fields));
  }

  private @Nullable Rejection decode() {
    byte[] table = Proto.symbols(symbols.keySet().toArray(String[]::new));
    byte[] plain = Proto.join(table, Proto.join(series.toArray(byte[][]::new)));
    return decoder.decode(plain, 0, plain.length, Protocol.V2, body);
  }

  private static byte[] sample(long bits) {
    return bytes(2, Proto.bits(1, bits), number(2, 1_700_000_000_000L));
  }

  private byte[] exemplar(String... labels) {
    return bytes(4, refs(labels), real(2, 1), number(3, 1_700_000_000_000L));
  }

  private byte[] metadata(MetricKind kind, String help, String unit) {
    return bytes(5, number(1, kind.number()), number(3, symbol(help)), number(4, symbol(unit)));
  }

  /** The stale marker by its bits, and by what its bits are as a number. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        0x3FF0000000000000L, 0x7FF0000000000002L, 0x43DFFC0000000000L, 0x7FF8000000000001L,
        0x7FF0000000000000L, 0xFFF0000000000000L
      })
  void everyValueIsTakenAsItIs(long bits) {
    series(refs("__name__", "up"), sample(bits));
    series(refs("__name__", "up", "instance", "localhost:9090", "job", "testjob"), sample(bits));
    series(refs("job", "test\njob\n", "__name__", "up"), sample(bits));
    series(refs("__name__", "resource.cpu.usage", "job.name", "testjob"), sample(bits));
    series(refs("job name", "testjob", "__name__", "resource cpu usage"), sample(bits));
    assertThat(decode()).isNull();
    assertThat(body.sampleCount()).isEqualTo(5);
    assertThat(IntStream.range(0, 5).mapToLong(body::valueBits)).containsOnly(bits);
    assertThat(body.labels(2)).isEqualTo(Labels.of("__name__", "up", "job", "test\njob\n"));
  }

  @Test
  void aSeriesWithoutNameRejectsTheWholeBody() {
    series(refs("__name__", "up", "job", "testjob"), sample(1));
    series(refs("job", "testjob"), sample(1));
    assertThat(decode()).isNotNull();
    assertThat(body.sampleCount()).isZero();
  }

  @Test
  void anEmptyLabelSetIsRejected() {
    series(sample(1));
    assertThat(decode()).isNotNull();
  }

  @Test
  void aCounterMayTellWhenItBegan() {
    long start = 1_600_000_000_000L;
    series(refs("__name__", "a_total"), bytes(2, real(1, 1), number(2, 5), number(3, start)));
    series(refs("__name__", "b_total"), sample(1), number(6, start));
    series(refs("__name__", "c_total"), sample(1));
    assertThat(decode()).isNull();
    assertThat(body.start(0)).isEqualTo(start);
    assertThat(body.start(1)).isEqualTo(start);
    assertThat(body.start(2)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, true, false, true",
    "true, false, true, false, true",
    "false, true, false, false, true",
    "false, false, true, false, true",
    "false, false, false, false, true",
    "true, false, false, true, false",
  })
  void histogramsAreTakenUnlessTheirCountIsWrong(
      boolean positive, boolean negative, boolean zero, boolean wrong, boolean accepted) {
    List<byte[]> fields = new ArrayList<>();
    int count = 0;
    if (positive) {
      fields.add(bytes(11, number(2, 3)));
      fields.add(bytes(11, signed(1, 2), number(2, 2)));
      fields.add(bytes(12, varints(2, 4, 2, 6, 2)));
      count += 23;
    }
    if (negative) {
      fields.add(bytes(8, number(2, 2)));
      fields.add(bytes(9, varints(2, 2)));
      count += 3;
    }
    if (zero) {
      fields.add(number(6, 1));
      count++;
    }
    fields.add(number(1, wrong ? 99 : count));
    fields.add(real(3, 1.5));
    series(refs("__name__", "test_histogram"), bytes(3, fields.toArray(byte[][]::new)));
    assertThat(decode() == null).isEqualTo(accepted);
    assertThat(body.histogramCount()).isEqualTo(accepted ? 1 : 0);
  }

  @Test
  void aHistogramOfCustomBoundsIsTaken() {
    byte[] bounds =
        Proto.join(real(16, 0.1), real(16, 0.5), real(16, 1), real(16, 2.5), real(16, 5));
    series(
        refs("__name__", "test_histogram"),
        bytes(
            3,
            number(1, 25),
            signed(4, -53),
            bytes(11, number(2, 5)),
            bytes(12, varints(4, 2, 4, 6, 1)),
            bounds));
    assertThat(decode()).isNull();
  }

  @Test
  void exemplarsAreCountedWithAndWithoutLabelsAndSamples() {
    series(refs("__name__", "requests_total"), sample(1), exemplar("trace_id", "abc"));
    series(refs("__name__", "requests_total", "region", "🌍"), sample(1), exemplar());
    series(refs("__name__", "orphan"), exemplar("trace_id", "追跡", "span_id", "x"));
    assertThat(decode()).isNull();
    assertThat(body.exemplarCount()).isEqualTo(3);
    assertThat(body.sampleCount()).isEqualTo(2);
    assertThat(body.seriesCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfMetadataIsTakenAlsoWithoutSamples(MetricKind kind) {
    series(refs("__name__", "a"), sample(1), metadata(kind, "help\nand \"quotes\"", "bytes/sec"));
    series(refs("__name__", "b"), metadata(kind, "", ""));
    assertThat(decode()).isNull();
    assertThat(body.kind(0)).isEqualTo(kind.number());
    assertThat(body.kind(1)).isEqualTo(kind.number());
  }

  @Test
  void manySeriesWithEverythingAreTaken() {
    for (int i = 0; i < 50; i++) {
      series(
          refs("__name__", "counter_" + i, "series", "series_" + i),
          sample(i),
          exemplar("trace_id", "trace_" + i),
          metadata(MetricKind.COUNTER, "Counter number " + i, "count"));
    }
    assertThat(decode()).isNull();
    assertThat(body.sampleCount()).isEqualTo(50);
    assertThat(body.exemplarCount()).isEqualTo(50);
    assertThat(body.labels(49).get("series")).isEqualTo("series_49");
  }
}
