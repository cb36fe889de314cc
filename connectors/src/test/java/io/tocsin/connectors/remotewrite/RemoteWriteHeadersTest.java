// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.remotewrite.RemoteWriteHeaders.Negotiation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RemoteWriteHeadersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/x-protobuf | snappy | 0.1.0 | V1",
        "application/x-protobuf | snappy | | V1",
        "application/x-protobuf | Snappy | 2.0.0 | V1",
        "Application/X-Protobuf ; charset=utf-8 | snappy | 0.1.0 | V1",
        "application/x-protobuf;proto=prometheus.WriteRequest | snappy | 0.1.0 | V1",
        "application/x-protobuf;proto=io.prometheus.write.v2.Request | snappy | 2.0.0 | V2",
        "application/x-protobuf; PROTO=\"io.prometheus.write.v2.Request\" | snappy | 2.0.0-rc.4 | V2",
        "application/x-protobuf;proto=io.prometheus.write.v2.Request | snappy | nonsense | V2",
        "application/x-protobuf;proto=io.prometheus.write.v3.Request | snappy | | unsupported_type",
        "application/x-protobuf;proto= | snappy | | unsupported_type",
        "application/json | snappy | | unsupported_type",
        "image/png | snappy | | unsupported_type",
        "'' | snappy | | unsupported_type",
        " | snappy | | unsupported_type",
        "application/x-protobuf-2 | snappy | | unsupported_type",
        "application/x-protobuf | gzip | | unsupported_encoding",
        "application/x-protobuf | deflate | | unsupported_encoding",
        "application/x-protobuf | zstd | | unsupported_encoding",
        "application/x-protobuf | snappy, snappy | | unsupported_encoding",
        "application/x-protobuf | | | unsupported_encoding",
        "application/x-protobuf | snappy | 3.0.0 | unsupported_version",
      })
  void headersAreNegotiatedExactly(String type, String encoding, String version, String expected) {
    Negotiation negotiation = RemoteWriteHeaders.negotiate(type, encoding, version);
    if (negotiation.protocol() != null) {
      assertThat(negotiation.protocol().name()).isEqualTo(expected);
      assertThat(negotiation.rejection()).isNull();
    } else {
      assertThat(negotiation.rejection().reason().word()).isEqualTo(expected);
      assertThat(negotiation.rejection().reason().status()).isEqualTo(415);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWeSendIsWhatWeUnderstand(Protocol protocol) {
    assertThat(
            RemoteWriteHeaders.negotiate(
                    RemoteWriteHeaders.contentType(protocol),
                    RemoteWriteHeaders.ENCODING,
                    protocol.version())
                .protocol())
        .isEqualTo(protocol);
  }

  @ParameterizedTest
  @CsvSource({
    "200, DELIVERED",
    "204, DELIVERED",
    "299, DELIVERED",
    "100, DROP",
    "301, DROP",
    "400, DROP",
    "404, DROP",
    "413, DROP",
    "415, DROP",
    "429, RETRY",
    "500, RETRY",
    "503, RETRY",
    "599, RETRY"
  })
  void aStatusMeansOneThing(int status, WriteResponse meaning) {
    assertThat(WriteResponse.ofStatus(status)).isEqualTo(meaning);
  }

  @Test
  void noReasonInvitesToTryAgain() {
    for (Rejection.Reason reason : Rejection.Reason.values()) {
      assertThat(reason.status()).isBetween(400, 428);
      assertThat(reason.word()).matches("[a-z0-9_]+");
    }
  }
}
