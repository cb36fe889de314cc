// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static io.tocsin.connectors.remotewrite.Proto.bits;
import static io.tocsin.connectors.remotewrite.Proto.bytes;
import static io.tocsin.connectors.remotewrite.Proto.first;
import static io.tocsin.connectors.remotewrite.Proto.hex;
import static io.tocsin.connectors.remotewrite.Proto.join;
import static io.tocsin.connectors.remotewrite.Proto.label;
import static io.tocsin.connectors.remotewrite.Proto.number;
import static io.tocsin.connectors.remotewrite.Proto.real;
import static io.tocsin.connectors.remotewrite.Proto.signed;
import static io.tocsin.connectors.remotewrite.Proto.varints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileHistogramsTest {
  private final Judge judge = new Judge();

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aBrokenHistogramGetsItsReason(String name, byte[] bytes, @Nullable Reason expected) {
    assertThat(judge.reason(bytes, Protocol.V1)).isEqualTo(expected);
  }

  private static Arguments body(String name, @Nullable Reason reason, byte[]... parts) {
    return arguments(name, join(parts), reason);
  }

  private static Arguments histogram(String name, @Nullable Reason reason, byte[]... fields) {
    return body(name, reason, first(label("__name__", "up"), bytes(4, fields)));
  }

  static Stream<Arguments> aBrokenHistogramGetsItsReason() {
    byte[] count3 = number(1, 3);
    byte[] span = bytes(11, signed(1, 0), number(2, 2));
    byte[] deltas = bytes(12, varints(2, 2));
    return Stream.of(
        histogram("two buckets", null, count3, span, deltas),
        histogram("nothing", null),
        histogram("a stale one", null, bits(3, 0x7FF0000000000002L)),
        histogram("deltas unpacked", null, count3, span, number(12, 2), number(12, 2)),
        histogram("a count too high", Reason.HISTOGRAM, number(1, 4), span, deltas),
        histogram(
            "a count too high for NaN is fine",
            null,
            number(1, 4),
            real(3, Double.NaN),
            span,
            deltas),
        histogram("a count too low", Reason.HISTOGRAM, number(1, 2), span, deltas),
        histogram("a count of 2^63", Reason.HISTOGRAM, number(1, Long.MIN_VALUE), span, deltas),
        histogram("a negative bucket", Reason.HISTOGRAM, count3, span, bytes(12, varints(1, 2))),
        histogram(
            "buckets that run over",
            Reason.HISTOGRAM,
            number(1, Long.MAX_VALUE),
            span,
            bytes(12, varints(-2, -2))),
        histogram(
            "fewer buckets than spans", Reason.HISTOGRAM, count3, span, bytes(12, varints(6))),
        histogram("more buckets than spans", Reason.HISTOGRAM, count3, deltas),
        histogram(
            "a span of 2^32-1",
            Reason.HISTOGRAM,
            count3,
            bytes(11, number(2, 0xFFFFFFFFL)),
            deltas),
        histogram(
            "spans that go back",
            Reason.HISTOGRAM,
            count3,
            bytes(11, number(2, 1)),
            bytes(11, signed(1, -1), number(2, 1)),
            deltas),
        histogram(
            "an index beyond 32 bits",
            Reason.HISTOGRAM,
            count3,
            bytes(11, signed(1, Integer.MAX_VALUE), number(2, 2)),
            deltas),
        histogram("schema 9", Reason.HISTOGRAM, signed(4, 9), count3, span, deltas),
        histogram("schema -5", Reason.HISTOGRAM, signed(4, -5), count3, span, deltas),
        histogram("schema 8", null, signed(4, 8), count3, span, deltas),
        histogram("custom bounds", null, signed(4, -53), count3, span, deltas, real(16, 1)),
        histogram(
            "a bucket without a bound", Reason.HISTOGRAM, signed(4, -53), count3, span, deltas),
        histogram(
            "custom bounds that fall", Reason.HISTOGRAM, signed(4, -53), real(16, 2), real(16, 1)),
        histogram("a custom bound of NaN", Reason.HISTOGRAM, signed(4, -53), real(16, Double.NaN)),
        histogram(
            "custom bounds and a negative side",
            Reason.HISTOGRAM,
            signed(4, -53),
            bytes(8, number(2, 0))),
        histogram("custom bounds with schema 0", Reason.HISTOGRAM, real(16, 1)),
        histogram("a negative zero threshold", Reason.HISTOGRAM, real(5, -1)),
        histogram("a zero threshold of NaN", Reason.HISTOGRAM, real(5, Double.NaN)),
        histogram(
            "float counts",
            null,
            real(2, 3),
            span,
            bytes(13, hex("000000000000f03f0000000000000040"))),
        histogram(
            "a negative float count",
            Reason.HISTOGRAM,
            real(2, 3),
            bytes(11, number(2, 1)),
            real(13, -1)),
        histogram("a float count of NaN", Reason.HISTOGRAM, real(2, Double.NaN)),
        histogram("integer and float", Reason.HISTOGRAM, real(2, 3), span, deltas),
        histogram("an integer count and a float zero", Reason.HISTOGRAM, number(1, 0), real(7, 0)),
        histogram("half a double", Reason.PROTOBUF, real(2, 1), bytes(13, hex("000000"))),
        histogram(
            "17 buckets",
            Reason.LIMIT,
            number(1, 0),
            bytes(11, number(2, 17)),
            bytes(12, varints(new long[17]))),
        histogram(
            "16 buckets",
            null,
            number(1, 0),
            bytes(11, number(2, 16)),
            bytes(12, varints(new long[16]))),
        histogram("a count as a double", Reason.PROTOBUF, real(1, 3)));
  }
}
