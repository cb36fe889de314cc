// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeverityTest {
  @ParameterizedTest
  @CsvSource({
    "ERROR,ERROR", "err,ERROR", "Severe,ERROR", "WARN,WARN", "Warning,WARN", "info,INFO",
    "Information,INFO", "notice,INFO", "DEBUG,DEBUG", "trace,TRACE", "FATAL,FATAL", "crit,FATAL",
    "emerg,FATAL", "panic,FATAL"
  })
  void aLoggersWordIsKnownInAnyCase(String word, Severity severity) {
    assertThat(ofWord(word)).isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({"errors", "in", "informationally", "warned"})
  void otherWordsAreNone(String word) {
    assertThat(ofWord(word)).isNull();
  }

  private static Severity ofWord(String word) {
    byte[] text = ("x" + word + "x").getBytes(StandardCharsets.UTF_8);
    return Severity.ofWord(text, 1, text.length - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0,FATAL",
    "2,FATAL",
    "3,ERROR",
    "4,WARN",
    "5,INFO",
    "6,INFO",
    "7,DEBUG",
    "8,UNKNOWN"
  })
  void syslogCountsFromTheGravest(long number, Severity severity) {
    assertThat(Severity.ofSyslog(number)).isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({
    "0,UNKNOWN",
    "1,TRACE",
    "4,TRACE",
    "5,DEBUG",
    "9,INFO",
    "12,INFO",
    "13,WARN",
    "17,ERROR",
    "20,ERROR",
    "21,FATAL",
    "24,FATAL",
    "25,UNKNOWN"
  })
  void openTelemetryHasFourNumbersForEach(long number, Severity severity) {
    assertThat(Severity.ofOtlp(number)).isEqualTo(severity);
  }

  @Test
  void eachIsFoundByItsNumber() {
    for (Severity severity : Severity.values()) {
      assertThat(Severity.ofNumber(severity.number())).isEqualTo(severity);
    }
    assertThat(Severity.ofNumber(99)).isEqualTo(Severity.UNKNOWN);
  }
}
