// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest
  @CsvSource({
    "0, 7.53, 10, '[0.0, 2.0, 4.0, 6.0, 8.0]'",
    "0.97, 0.99, 10, '[0.965, 0.97, 0.975, 0.98, 0.985, 0.99, 0.995]'",
    "0, 0, 10, '[0.0, 0.5, 1.0, 1.5]'",
    "-3, -1, 10, '[-4.0, -3.0, -2.0, -1.0, 0.0]'",
    "0, 3000, 1024, '[0.0, 1024.0, 2048.0, 3072.0, 4096.0]'",
  })
  void valuesHaveRoundLines(double low, double high, int base, String lines) {
    Axis axis = Axis.ofValues(low, high, 5, base);

    assertThat(axis.lines()).hasToString(lines);
    assertThat(axis.share(low)).isBetween(0.0, 1.0);
    assertThat(axis.share(high)).isBetween(axis.share(low), 1.0);
  }

  @ParameterizedTest
  @CsvSource({"300, 60", "1200, 300", "3600, 900", "1000000, 200000"})
  void timesHaveLinesAtWholeMinutes(long seconds, long step) {
    assertThat(Axis.ofTimes(0, seconds * 1e3, 5).step()).isEqualTo(step * 1e3);
  }
}
