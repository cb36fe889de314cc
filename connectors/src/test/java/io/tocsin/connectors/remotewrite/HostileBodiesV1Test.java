// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static io.tocsin.connectors.remotewrite.Proto.bytes;
import static io.tocsin.connectors.remotewrite.Proto.first;
import static io.tocsin.connectors.remotewrite.Proto.hex;
import static io.tocsin.connectors.remotewrite.Proto.join;
import static io.tocsin.connectors.remotewrite.Proto.label;
import static io.tocsin.connectors.remotewrite.Proto.number;
import static io.tocsin.connectors.remotewrite.Proto.real;
import static io.tocsin.connectors.remotewrite.Proto.refs;
import static io.tocsin.connectors.remotewrite.Proto.sample;
import static io.tocsin.connectors.remotewrite.Proto.second;
import static io.tocsin.connectors.remotewrite.Proto.text;
import static io.tocsin.connectors.remotewrite.Proto.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileBodiesV1Test {
  private static final byte[] UP = label("__name__", "up");
  private static final byte[] ONE = sample(1, 1000);

  private final Judge judge = new Judge();

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aHostileFirstBodyGetsItsReason(String name, byte[] bytes, @Nullable Reason expected) {
    assertThat(judge.reason(bytes, Protocol.V1)).isEqualTo(expected);
  }

  private static Arguments body(String name, @Nullable Reason reason, byte[]... parts) {
    return arguments(name, join(parts), reason);
  }

  static Stream<Arguments> aHostileFirstBodyGetsItsReason() {
    return Stream.of(
        body("nothing at all", null),
        body("a series without samples", null, first(UP)),
        body("a series without anything", Reason.LABELS, first()),
        body("no labels", Reason.LABELS, first(ONE)),
        body("no metric name", Reason.LABELS, first(label("job", "shop"), ONE)),
        body("an empty metric name", Reason.LABELS, first(label("__name__", ""), ONE)),
        body("an empty label name", Reason.LABELS, first(UP, label("", "x"), ONE)),
        body("an empty label value", Reason.LABELS, first(UP, label("job", ""), ONE)),
        body("a label without a value", Reason.LABELS, first(UP, bytes(1, text(1, "job")))),
        body("a label without a name", Reason.LABELS, first(UP, bytes(1, text(2, "job")))),
        body("an empty label", Reason.LABELS, first(UP, bytes(1))),
        body("the same label twice", Reason.LABELS, first(UP, UP, ONE)),
        body("the same name twice", Reason.LABELS, first(UP, label("a", "1"), label("a", "2"))),
        body("a doubled name apart", Reason.LABELS, first(label("a", "1"), UP, label("a", "2"))),
        body("a doubled name after the samples", Reason.LABELS, first(UP, ONE, UP)),
        body("unsorted labels", null, first(label("job", "shop"), UP, ONE)),
        body("labels around the samples", null, first(UP, ONE, label("job", "shop"), ONE)),
        body("a name of 65 bytes", Reason.LIMIT, first(UP, label("n".repeat(65), "x"))),
        body("a name of 64 bytes", null, first(UP, label("n".repeat(64), "x"))),
        body("a value of 301 bytes", Reason.LIMIT, first(UP, label("v", "x".repeat(301)))),
        body("a value of 300 bytes", null, first(UP, label("v", "x".repeat(300)))),
        body("21 labels", Reason.LIMIT, first(labels(21))),
        body("20 labels", null, first(labels(20))),
        body("101 series", Reason.LIMIT, times(101, first(UP))),
        body("100 series", null, times(100, first(UP))),
        body("51 samples", Reason.LIMIT, first(UP, times(51, ONE))),
        body("50 samples", null, first(UP, times(50, ONE))),
        body("a value with a broken character", Reason.UTF8, first(odd("41ff42"))),
        body("an overlong character", Reason.UTF8, first(odd("c0af"))),
        body("an overlong character of three bytes", Reason.UTF8, first(odd("e08080"))),
        body("a surrogate", Reason.UTF8, first(odd("eda080"))),
        body("a character beyond Unicode", Reason.UTF8, first(odd("f4908080"))),
        body("a character cut off", Reason.UTF8, first(odd("41e282"))),
        body("a lone continuation byte", Reason.UTF8, first(odd("80"))),
        body("the last character of Unicode", null, first(odd("f48fbfbf"))),
        body("help that is not UTF-8", Reason.UTF8, bytes(3, text(2, "up"), bytes(4, hex("ff")))),
        body("a length of 2^31-1", Reason.PROTOBUF, hex("0a ffffffff07 00")),
        body("a length of 2^32-1", Reason.PROTOBUF, hex("0a ffffffff0f 00")),
        body("a length of -1 in ten bytes", Reason.PROTOBUF, hex("0a ffffffffffffffffff01 00")),
        body("a length one too long", Reason.PROTOBUF, hex("0a 02 0a")),
        body("a label longer than its series", Reason.PROTOBUF, first(hex("0a 10 0a01"))),
        body("a label of length -1", Reason.PROTOBUF, first(hex("0a ffffffffffffffffff01"))),
        body("a name longer than its label", Reason.PROTOBUF, first(bytes(1, hex("0a 7f 61")))),
        body("a sample longer than its series", Reason.PROTOBUF, first(UP, hex("12 7f 09"))),
        body("a tag without content", Reason.PROTOBUF, hex("0a")),
        body("field number 0", Reason.PROTOBUF, hex("02 00")),
        body("field number 0 in a series", Reason.PROTOBUF, first(UP, hex("02 00"))),
        body("a varint of eleven bytes", Reason.PROTOBUF, hex("80".repeat(10) + "00")),
        body(
            "a tenth byte that goes on",
            Reason.PROTOBUF,
            first(UP, bytes(2, hex("10" + "ff".repeat(9) + "81 01")))),
        body("a varint of ten bytes", null, hex("50" + "ff".repeat(9) + "7f")),
        body("a tag of ten bytes", Reason.LABELS, hex("8a" + "80".repeat(8) + "00 00")),
        body(
            "a timestamp of ten bytes",
            null,
            first(UP, bytes(2, hex("10" + "ff".repeat(9) + "01")))),
        body("a timestamp cut off", Reason.PROTOBUF, first(UP, bytes(2, hex("10 ffff")))),
        body("a value cut off", Reason.PROTOBUF, first(UP, bytes(2, hex("09 000000")))),
        body("a start of group", Reason.PROTOBUF, hex("4b 4c")),
        body("an end of group", Reason.PROTOBUF, hex("4c")),
        body("groups 1,000 deep", Reason.PROTOBUF, times(1000, hex("4b")), times(1000, hex("4c"))),
        body("wire type 6", Reason.PROTOBUF, hex("4e")),
        body("wire type 7", Reason.PROTOBUF, hex("4f")),
        body("messages nested 1,000 deep in an unknown field", null, nested(1000)),
        body("series as a varint", Reason.PROTOBUF, hex("08 01")),
        body("a label as a varint", Reason.PROTOBUF, first(UP, hex("08 01"))),
        body("a sample as a fixed number", Reason.PROTOBUF, first(UP, real(2, 1))),
        body("a label name as a varint", Reason.PROTOBUF, first(UP, bytes(1, number(1, 5)))),
        body("a timestamp as a fixed number", Reason.PROTOBUF, first(UP, bytes(2, real(2, 1)))),
        body("a value as a varint", Reason.PROTOBUF, first(UP, bytes(2, number(1, 1)))),
        body(
            "unknown fields everywhere",
            null,
            number(9, 1),
            first(
                UP,
                number(9, 1),
                bytes(1, text(1, "a"), text(2, "b"), text(3, "c")),
                bytes(2, real(9, 2)))),
        body("an unknown fixed field cut off", Reason.PROTOBUF, hex("4d 0000")),
        body(
            "a value given twice", null, first(UP, bytes(2, real(1, 1), real(1, 2), number(2, 1)))),
        body("a 2.0 body", Reason.WRONG_PROTOCOL, second(refs(1, 2), ONE)),
        body("samples and histograms", null, first(UP, ONE, bytes(4, number(1, 0)))),
        body("an exemplar", null, first(UP, bytes(3, label("trace_id", "1"), real(2, 1)))),
        body(
            "an exemplar with a broken label",
            Reason.PROTOBUF,
            first(UP, bytes(3, hex("0a 05 0a")))),
        body(
            "text instead of a message",
            Reason.PROTOBUF,
            "not protobuf".getBytes(StandardCharsets.US_ASCII)),
        body(
            "JSON instead of a message",
            Reason.PROTOBUF,
            "{\"timeseries\":[]}".getBytes(StandardCharsets.US_ASCII)));
  }

  /** A label with a value of these bytes, behind another label. */
  private static byte[] odd(String valueInHex) {
    return join(UP, bytes(1, text(1, "a"), bytes(2, hex(valueInHex))));
  }

  private static byte[] labels(int count) {
    byte[] labels = UP;
    for (int i = 1; i < count; i++) {
      labels = join(labels, label("l" + (char) ('a' + i), "x"));
    }
    return labels;
  }

  private static byte[] nested(int depth) {
    byte[] message = new byte[0];
    for (int i = 0; i < depth; i++) {
      message = bytes(9, message);
    }
    return message;
  }

  @Test
  void aBodyOverTheDecodedLimitIsNotLookedAt() {
    byte[] bytes = new byte[Judge.LIMITS.maxDecodedBytes() + 1];
    Rejection rejection = judge.rejection(bytes, Protocol.V1);
    assertThat(rejection).isNotNull();
    assertThat(rejection.reason()).isEqualTo(Reason.DECODED_TOO_LARGE);
  }

  @Test
  void theDetailNamesTheSeries() {
    byte[] bytes = join(first(UP), first(UP), first(label("job", "x")));
    Rejection rejection = judge.rejection(bytes, Protocol.V1);
    assertThat(rejection).isNotNull();
    assertThat(rejection.detail()).isEqualTo("series 2: the label __name__ is missing");
  }
}
