// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "1.2, seconds, 1.2 s",
    "0.1834, seconds, 183 ms",
    "0.000021, seconds, 21 µs",
    "0, seconds, 0 s",
    "0.9999, seconds, 1 s",
    "600, seconds, 10 min",
    "9000, seconds, 2.5 h",
    "0.081, ratio, 8.1 %",
    "1, ratio, 100 %",
    "0.00042, ratio, 0.042 %",
    "3565158, bytes_per_second, 3.4 MiB/s",
    "512, bytes, 512 B",
    "-2048, bytes, -2 KiB",
    "12.345, per_second, 12.3 /s",
    "12345, per_second, 12.3 k/s",
    "0.4, seconds_per_second, 0.4 s/s",
    "1234567, '', 1.23 M",
    "999.9, '', 1 k",
    "42, messages, 42 messages",
    "NaN, seconds, no value",
    "2.5e18, '', 2500 P",
  })
  void valuesAreReadable(double value, String unit, String text) {
    assertThat(Quantities.value(value, unit)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, 0.18, seconds, ×6.67",
    "1, 4, per_second, ÷4",
    "5, 0, messages, +5 messages",
    "0, 0.5, ratio, −50 %",
    "1.05, 1, ratio, +5 %",
    "2, -1, '', +3",
    "NaN, 1, '', ''",
  })
  void deviationsAreFoldsOrDifferences(double observed, double expected, String unit, String text) {
    assertThat(Quantities.fold(observed, expected, unit)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, never seen before",
    "1, seen once before",
    "2, seen 2 times before",
    "99, seen 99 times before",
    "127, seen often before",
  })
  void recurrencesAreAPhrase(int seen, String text) {
    assertThat(Quantities.recurrence(seen)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT59.9S, 59 s",
    "PT3M20S, 3 min 20 s",
    "PT10M, 10 min",
    "PT2H5M, 2 h 5 min",
    "PT49H, 2 d 1 h",
    "PT-5S, 0 s",
  })
  void durationsHaveTwoParts(Duration duration, String text) {
    assertThat(Quantities.duration(duration)).isEqualTo(text);
  }
}
