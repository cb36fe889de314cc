// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.NativeHistogram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NativeSeriesTest {
  private static final long START = 1_700_000_000_000L;
  private static final long STEP = 15_000;

  private final NativeSeries series = new NativeSeries(new DerivedSeries(new byte[] {3}, 5));

  /** Schema 0: bucket 0 ends at 1, bucket 1 at 2, bucket 2 at 4. */
  static NativeHistogram histogram(double upToOne, double upToTwo, double upToFour) {
    NativeHistogram histogram = new NativeHistogram();
    histogram.clear(0);
    histogram.total(upToOne + upToTwo + upToFour, 1, false);
    histogram.positive().add(0, upToOne);
    histogram.positive().add(1, upToTwo);
    histogram.positive().add(2, upToFour);
    return histogram;
  }

  @Test
  void theFirstHistogramIsOnlyTheBeginning() {
    assertThat(take(0, histogram(1000, 0, 0))).isNaN();
  }

  @Test
  void theQuantileIsThatOfTheIncrease() {
    take(0, histogram(1000, 0, 0));
    assertThat(take(1, histogram(1000, 0, 100))).isBetween(2.0, 4.0);
    assertThat(take(2, histogram(1100, 0, 100))).isBetween(0.5, 1.0);
  }

  @Test
  void tooFewObservationsAreGathered() {
    take(0, histogram(0, 0, 0));
    assertThat(take(1, histogram(0, 10, 0))).isNaN();
    assertThat(take(2, histogram(0, 10, 9))).isNaN();
    assertThat(take(3, histogram(0, 10, 10))).isBetween(2.0, 4.0);
  }

  @Test
  void observationsOfLongAgoAreNotGathered() {
    take(0, histogram(0, 0, 0));
    take(10, histogram(0, 10, 0));
    assertThat(take(21, histogram(0, 20, 0))).isNaN();
    assertThat(take(22, histogram(0, 25, 0))).isNaN();
    assertThat(take(23, histogram(0, 45, 0))).isBetween(1.0, 2.0);
  }

  @Test
  void afterAResetAllThatIsThereCounts() {
    take(0, histogram(1000, 0, 0));
    assertThat(take(1, histogram(0, 0, 30))).isBetween(2.0, 4.0);
    assertThat(take(2, histogram(0, 3, 0))).isNaN();
    assertThat(take(3, histogram(0, 30, 0))).isBetween(1.0, 2.0);
  }

  @Test
  void aCopyAndWhatWasReadBackGoOnAsTheOriginal() throws IOException {
    take(0, histogram(5, 6, 7));
    byte[] before = written(series);
    NativeSeries copy = series.copy();
    NativeSeries read =
        NativeSeries.readFrom(new DataInputStream(new ByteArrayInputStream(before)));
    NativeHistogram next = histogram(15, 26, 37);

    assertThat(copy.take(START + STEP, next, SeriesSettings.DEFAULTS))
        .isEqualTo(read.take(START + STEP, next, SeriesSettings.DEFAULTS))
        .isNotNaN();
    assertThat(written(copy)).isEqualTo(written(read));
    assertThat(written(series)).isEqualTo(before);
  }

  @Test
  void everyPartOfAHistogramIsKept() throws IOException {
    NativeHistogram custom = new NativeHistogram();
    custom.clear(NativeHistogram.CUSTOM_BOUNDS);
    custom.addBound(0.5);
    custom.addBound(2);
    custom.total(7, 3.5, false);
    custom.positive().add(0, 3);
    custom.positive().add(2, 4);
    take(0, custom);
    byte[] once = written(series);
    assertThat(written(NativeSeries.readFrom(new DataInputStream(new ByteArrayInputStream(once)))))
        .isEqualTo(once);

    NativeHistogram wide = new NativeHistogram();
    wide.clear(3);
    wide.zero(1e-9, 4);
    wide.total(9, -3, false);
    wide.negative().add(-4, 2);
    wide.positive().add(900, 3);
    take(100, wide);
    byte[] twice = written(series);
    assertThat(twice).isNotEqualTo(once);
    assertThat(written(NativeSeries.readFrom(new DataInputStream(new ByteArrayInputStream(twice)))))
        .isEqualTo(twice);
  }

  private double take(int scrape, NativeHistogram histogram) {
    return series.take(START + scrape * STEP, histogram, SeriesSettings.DEFAULTS);
  }

  private static byte[] written(NativeSeries series) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    series.writeTo(new DataOutputStream(out));
    return out.toByteArray();
  }
}
