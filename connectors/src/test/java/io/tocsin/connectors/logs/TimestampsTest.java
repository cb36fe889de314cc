// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimestampsTest {
  private final Timestamps timestamps = new Timestamps("Europe/Berlin");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Instant iso(String text) {
    byte[] bytes = bytes(text);
    return Instant.ofEpochMilli(timestamps.iso(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-11-20T13:17:56Z|2025-11-20T13:17:56Z",
        "2025-11-20T13:17:56.6Z|2025-11-20T13:17:56.600Z",
        "2025-11-20T13:17:56.612345678Z|2025-11-20T13:17:56.612Z",
        "2025-11-20T13:17:56.612+05:30|2025-11-20T07:47:56.612Z",
        "2025-11-20 13:17:56,612-0100|2025-11-20T14:17:56.612Z",
        "2025-11-20 13:17:56,612 ERROR|2025-11-20T12:17:56.612Z",
        "2025-07-20 13:17:56 ERROR|2025-07-20T11:17:56Z",
        "2024-02-29T23:59:60Z|2024-03-01T00:00:00Z",
      })
  void isoTimesAreRead(String text, Instant time) {
    assertThat(iso(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2025-11-20",
        "2025-13-20T13:17:56Z",
        "2025-02-29T13:17:56Z",
        "2025-11-20T13:60:00Z",
        "2025-11-20x13:17:56Z",
        "20251120T131756Z0000",
        "yesterday, at about noon"
      })
  void otherTextIsNoTime(String text) {
    assertThat(timestamps.iso(bytes(text), 0, text.length())).isEqualTo(Timestamps.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "1763644676,1763644676000",
    "1763644676.612345,1763644676612",
    "1763644676612,1763644676612",
    "1763644676612345,1763644676612",
    "1763644676612345678,1763644676612",
    "1.763644676612E9,1763644676612",
    "0,0"
  })
  void theUnitOfANumberIsToldByItsSize(String number, long millis) {
    assertThat(timestamps.epoch(bytes(number), 0, number.length())).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-5", "12x", "1.5.2", "1e999", "99999999999999999999"})
  void otherNumbersAreNoTime(String number) {
    assertThat(timestamps.epoch(bytes(number), 0, number.length())).isEqualTo(Timestamps.NONE);
  }

  @Test
  void syslogsYearIsTheNearest() {
    Timestamps utc = new Timestamps("UTC");
    long newYear = Instant.parse("2026-01-01T00:00:10Z").toEpochMilli();
    byte[] before = bytes("Dec 31 23:59:58");
    byte[] after = bytes("Jan  1 00:00:09");

    assertThat(Instant.ofEpochMilli(utc.syslog(before, 0, before.length, newYear)))
        .isEqualTo("2025-12-31T23:59:58Z");
    assertThat(Instant.ofEpochMilli(utc.syslog(after, 0, after.length, newYear)))
        .isEqualTo("2026-01-01T00:00:09Z");
    assertThat(utc.syslog(bytes("Foo 31 23:59:58"), 0, 15, newYear)).isEqualTo(Timestamps.NONE);
  }
}
