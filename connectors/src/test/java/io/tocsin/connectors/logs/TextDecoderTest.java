// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.Severity;
import io.tocsin.models.telemetry.TextFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextDecoderTest {
  private static Read text(String record) {
    return Read.of(LogFormat.TEXT, record);
  }

  @Test
  void eachLineOfARecordIsOneAndIndentationStays() {
    Read read = text("first\r\n\n\tat second\nthird");

    assertThat(read.texts()).containsExactly("first", "\tat second", "third");
    assertThat(read.flaws).containsExactly(LogRejection.EMPTY);
    assertThat(read.line(0).time()).isEqualTo(Read.KAFKA_TIME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-11-20 13:17:56,612 ERROR [main] shop - x|ERROR",
        "2025-11-20T13:17:56Z [warn] x|WARN",
        "[2025-11-20 13:17:56] INFO: x|INFO",
        "DEBUG x|DEBUG",
        "E1120 13:17:56.612345 1 pay.go:12] x|ERROR",
        "ts=1 level=warn msg=x|WARN",
        "a=1 severity=\"error\"|ERROR",
        "there was an error in it|UNKNOWN",
        "NOERROR in it|UNKNOWN",
        "ERROR_CODE=5|UNKNOWN",
        "errors=none|UNKNOWN",
      })
  void theSeverityStandsWhereLoggersPutIt(String line, Severity severity) {
    assertThat(text(line).line().severity()).isEqualTo(severity);
  }

  @Test
  void logfmtIsTold() {
    assertThat(text("time=1 level=info msg=\"a \\\" b\"").line().format())
        .isEqualTo(TextFormat.LOGFMT);
    assertThat(text("a=b c").line().format()).isEqualTo(TextFormat.TEXT);
  }
}
