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
import static io.tocsin.connectors.remotewrite.Proto.symbols;
import static io.tocsin.connectors.remotewrite.Proto.text;
import static io.tocsin.connectors.remotewrite.Proto.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileBodiesV2Test {
  private static final byte[] UP = label("__name__", "up");
  private static final byte[] ONE = sample(1, 1000);
  private static final byte[] SYMBOLS = symbols("", "__name__", "up", "job", "shop");

  private final Judge judge = new Judge();

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aHostileSecondBodyGetsItsReason(String name, byte[] bytes, @Nullable Reason expected) {
    assertThat(judge.reason(bytes, Protocol.V2)).isEqualTo(expected);
  }

  private static Arguments body(String name, @Nullable Reason reason, byte[]... parts) {
    return arguments(name, join(parts), reason);
  }

  static Stream<Arguments> aHostileSecondBodyGetsItsReason() {
    return Stream.of(
        body("nothing at all", null),
        body("symbols only", null, SYMBOLS),
        body("a series", null, second(refs(1, 2, 3, 4), ONE)),
        body("no symbols", Reason.SYMBOLS, bytes(5, refs(0, 0))),
        body("a first symbol that is not empty", Reason.SYMBOLS, symbols("x", "")),
        body("symbols after the series", null, bytes(5, refs(1, 2), ONE), SYMBOLS),
        body("a reference out of range", Reason.SYMBOLS, second(refs(1, 5))),
        body("a reference of 2^31", Reason.SYMBOLS, second(refs(1, 1L << 31))),
        body("a reference of -1", Reason.SYMBOLS, second(refs(1, -1))),
        body("a reference cut to 32 bits", null, second(refs(1, (1L << 32) + 2))),
        body("an odd number of references", Reason.SYMBOLS, second(refs(1, 2, 3))),
        body("references one by one", null, second(number(1, 1), number(1, 2))),
        body("a pair torn apart", null, second(refs(1), ONE, refs(2))),
        body("references cut off", Reason.PROTOBUF, second(bytes(1, hex("01 82")))),
        body("no labels", Reason.LABELS, second(ONE)),
        body("no metric name", Reason.LABELS, second(refs(3, 4), ONE)),
        body("an empty name", Reason.LABELS, second(refs(0, 2, 1, 2))),
        body("an empty value", Reason.LABELS, second(refs(1, 0))),
        body("a name twice", Reason.LABELS, second(refs(1, 2, 1, 4))),
        body(
            "a name twice by two symbols",
            Reason.LABELS,
            symbols("", "__name__", "up", "__name__"),
            bytes(5, refs(1, 2, 3, 2))),
        body("unsorted labels", null, second(refs(3, 4, 1, 2), ONE)),
        body(
            "samples and histograms",
            Reason.SERIES,
            second(refs(1, 2), ONE, bytes(3, number(1, 0)))),
        body("a symbol that is not UTF-8", Reason.UTF8, symbols(""), bytes(4, hex("c3 28"))),
        body(
            "a name over the limit",
            Reason.LIMIT,
            symbols("", "__name__", "up", "n".repeat(65)),
            bytes(5, refs(1, 2, 3, 2))),
        body(
            "a long symbol that is no label",
            null,
            symbols("", "__name__", "up", "help ".repeat(200)),
            bytes(5, refs(1, 2), bytes(5, number(3, 3)))),
        body("201 symbols", Reason.LIMIT, times(201, symbols(""))),
        body("21 labels", Reason.LIMIT, second(times(21, refs(1, 2)))),
        body("101 series", Reason.LIMIT, SYMBOLS, times(101, bytes(5, refs(1, 2)))),
        body("51 samples", Reason.LIMIT, second(refs(1, 2), times(51, ONE))),
        body("help out of range", Reason.SYMBOLS, second(refs(1, 2), bytes(5, number(3, 9)))),
        body(
            "help out of range, then in range",
            null,
            second(refs(1, 2), bytes(5, number(3, 9)), bytes(5, number(3, 2)))),
        body("a kind that is not known yet", null, second(refs(1, 2), bytes(5, number(1, 99)))),
        body("an exemplar out of range", Reason.SYMBOLS, second(refs(1, 2), bytes(4, refs(3, 9)))),
        body(
            "an exemplar with an odd number",
            Reason.SYMBOLS,
            second(refs(1, 2), bytes(4, refs(3)))),
        body(
            "an exemplar without samples",
            null,
            second(refs(1, 2), bytes(4, refs(3, 4), real(2, 1)))),
        body("a 1.0 body", Reason.WRONG_PROTOCOL, first(UP, ONE)),
        body("1.0 metadata", Reason.WRONG_PROTOCOL, SYMBOLS, bytes(3, text(2, "up"))),
        body("the created time as bytes", Reason.PROTOBUF, second(refs(1, 2), bytes(6))),
        body("field number 0 in a series", Reason.PROTOBUF, second(refs(1, 2), hex("02 00"))),
        body("metadata cut off", Reason.PROTOBUF, second(refs(1, 2), bytes(5, hex("08")))));
  }
}
