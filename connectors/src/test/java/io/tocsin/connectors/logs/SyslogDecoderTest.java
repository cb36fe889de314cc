// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.logs.Read.Line;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyslogDecoderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Nov 20 13:17:56 n1 kernel: [1.0] usb 1-1: new|kernel|[1.0] usb 1-1: new",
        "Nov 20 13:17:56 n1 sshd[9]: ok|sshd|ok",
        "Nov 20 13:17:56 n1 sshd[9] ok|sshd|ok",
        "Nov 20 13:17:56 n1 no tag here: ok|''|no tag here: ok",
        "Nov 20 13:17:56 n1 a/b-c.d:ok|a/b-c.d|ok",
      })
  void theTagNamesTheService(String line, String service, String text) {
    Line read = Read.of(LogFormat.SYSLOG, line).line();

    assertThat(read.source()).isEqualTo(LogSource.of("", service, "", "n1"));
    assertThat(read.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<34>1 2025-11-20T13:17:56Z n1 su - ID47 - \uFEFFok|su|n1",
        "<34>1 - n1 su 12 - - ok|su|n1",
        "<34>1 2025-11-20T13:17:56Z - - - - [a@1 b=\"c\\]\\\"]\"] ok|''|''",
      })
  void rfc5424MayLeaveOutWhatItDoesNotKnow(String line, String service, String host) {
    Read read = Read.of(LogFormat.SYSLOG_RFC5424, line);

    assertThat(read.line().source()).isEqualTo(LogSource.of("", service, "", host));
    assertThat(read.line().text()).isEqualTo("ok");
    assertThat(read.line().severity()).isEqualTo(Severity.FATAL);
    assertThat(read.flaws).isEmpty();
  }

  @Test
  void aLineWithoutAHeaderIsTextAsAWhole() {
    for (LogFormat format : new LogFormat[] {LogFormat.SYSLOG, LogFormat.SYSLOG_RFC5424}) {
      Read read = Read.of(format, "<34>what is this");

      assertThat(read.line().text()).isEqualTo("<34>what is this");
      assertThat(read.line().source()).isEqualTo(LogSource.NONE);
      assertThat(read.flaws).containsExactly(LogRejection.HEADER);
    }
  }
}
