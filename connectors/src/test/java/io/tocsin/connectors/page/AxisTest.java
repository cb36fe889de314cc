// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.incidents.Quantities;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest
  @CsvSource({
    "0, 7.53, '', 0 2 4 6 8",
    "0.92, 0.94, '', 0.915 0.92 0.925 0.93 0.935 0.94 0.945",
    "0, 0, '', 0 0.5 1 1.5",
    "-3, -1, '', -4 -3 -2 -1 0",
    "0, 3000, bytes, 0 B 1 KiB 2 KiB 3 KiB 4 KiB",
  })
  void valuesHaveRoundLines(double low, double high, String unit, String lines) {
    Axis axis = Axis.ofValues(low, high, 5, unit.equals("bytes"));

    assertThat(
            axis.lines().stream()
                .map(line -> Quantities.value(line, unit))
                .collect(Collectors.joining(" ")))
        .isEqualTo(lines);
    assertThat(axis.share(low)).isBetween(0.0, 1.0);
    assertThat(axis.share(high)).isBetween(axis.share(low), 1.0);
  }

  @ParameterizedTest
  @CsvSource({"300, 60", "1200, 300", "3600, 900", "1000000, 200000"})
  void timesHaveLinesAtWholeMinutes(long seconds, long step) {
    assertThat(Axis.ofTimes(0, seconds * 1e3, 5).step()).isEqualTo(step * 1e3);
  }
}
