// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeHistogramTest {
  /** Observations in a histogram of an exponential schema, bucket by bucket, as counted by hand. */
  private static NativeHistogram of(int schema, double zeroThreshold, double... observations) {
    NativeHistogram histogram = new NativeHistogram();
    histogram.clear(schema);
    double zero = 0;
    double sum = 0;
    TreeMap<Integer, Integer> positive = new TreeMap<>();
    TreeMap<Integer, Integer> negative = new TreeMap<>();
    for (double o : observations) {
      sum += o;
      if (Math.abs(o) <= zeroThreshold) {
        zero++;
      } else {
        int bucket = (int) Math.ceil(Math.log(Math.abs(o)) / Math.log(2) * Math.pow(2, schema));
        (o > 0 ? positive : negative).merge(bucket, 1, Integer::sum);
      }
    }
    positive.forEach((bucket, count) -> histogram.positive().add(bucket, count));
    negative.forEach((bucket, count) -> histogram.negative().add(bucket, count));
    histogram.zero(zeroThreshold, zero);
    histogram.total(observations.length, sum, false);
    return histogram;
  }

  private static double[] lognormal(long seed, int count) {
    Random random = new Random(seed);
    double[] observations = new double[count];
    for (int i = 0; i < count; i++) {
      observations[i] = Math.exp(random.nextGaussian());
    }
    return observations;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5, 8})
  void aQuantileIsOffByLessThanABucket(int schema) {
    double[] observations = lognormal(1, 10_000);
    NativeHistogram histogram = of(schema, 0, observations);
    Arrays.sort(observations);
    double factor = Math.pow(2, Math.pow(2, -schema));
    for (double q : new double[] {0.01, 0.25, 0.5, 0.9, 0.99}) {
      double exact = observations[(int) Math.ceil(q * observations.length) - 1];
      assertThat(histogram.quantile(q)).isBetween(exact / factor, exact * factor);
    }
  }

  @Test
  void insideABucketTheInterpolationIsExponential() {
    NativeHistogram histogram = of(0, 0, 3, 3, 3, 3);
    assertThat(histogram.quantile(0)).isEqualTo(2);
    assertThat(histogram.quantile(0.5)).isCloseTo(Math.sqrt(8), within(1e-12));
    assertThat(histogram.quantile(1)).isEqualTo(4);
  }

  @Test
  void negativeObservationsComeFirst() {
    NativeHistogram histogram = of(0, 0.5, -3, -3, 0, 3);
    assertThat(histogram.quantile(0.25)).isCloseTo(-Math.sqrt(8), within(1e-12));
    assertThat(histogram.quantile(0.5)).isEqualTo(-2);
    assertThat(histogram.quantile(0.625)).isCloseTo(0, within(1e-12));
    assertThat(histogram.quantile(1)).isEqualTo(4);
  }

  @Test
  void aZeroBucketAloneOnOneSideIsInterpolatedToZero() {
    assertThat(of(0, 0.5, 0, 0, 3, 3).quantile(0.25)).isEqualTo(0.25);
    assertThat(of(0, 0.5, -3, -3, 0, 0).quantile(0.75)).isEqualTo(-0.25);
  }

  @Test
  void theIncreaseIsWhatCameInBetween() {
    double[] all = lognormal(2, 2000);
    NativeHistogram earlier = of(3, 0, Arrays.copyOf(all, 1000));
    double[] later = Arrays.copyOfRange(all, 1000, 2000);
    NativeHistogram now = of(3, 0, all);
    for (double q : new double[] {0.1, 0.5, 0.99}) {
      assertThat(now.quantileOfIncrease(earlier, q))
          .isCloseTo(of(3, 0, later).quantile(q), within(1e-9));
    }
  }

  @Test
  void differentSchemasAreComparedAtTheCoarser() {
    double[] all = lognormal(3, 2000);
    double[] first = Arrays.copyOf(all, 1000);
    double[] later = Arrays.copyOfRange(all, 1000, 2000);
    double expected = of(1, 0, later).quantile(0.9);
    assertThat(of(1, 0, all).quantileOfIncrease(of(5, 0, first), 0.9))
        .isCloseTo(expected, within(1e-9));
    assertThat(of(5, 0, all).quantileOfIncrease(of(1, 0, first), 0.9))
        .isCloseTo(expected, within(1e-9));
    assertThat(of(-2, 0, all).quantileOfIncrease(of(4, 0, first), 0.9))
        .isCloseTo(of(-2, 0, later).quantile(0.9), within(1e-9));
  }

  @Test
  void theWiderZeroBucketSwallowsWhatItCovers() {
    NativeHistogram earlier = of(0, 0, 0.2, 0.2, 3);
    NativeHistogram now = of(0, 0.3, 0.2, 0.2, 3, 3, 3);
    // 0.2 lies in (0.125, 0.25], which is inside 0.3; 0.3 itself cuts the empty (0.25, 0.5].
    NativeHistogram increase = now.increaseSince(earlier);
    assertThat(increase).isNotNull();
    assertThat(increase.zeroCount()).isZero();
    assertThat(increase.count()).isEqualTo(2);
    assertThat(increase.quantile(0.5)).isCloseTo(Math.sqrt(8), within(1e-12));
  }

  @Test
  void aZeroBucketThatCutsAPopulatedBucketGrowsToItsEnd() {
    NativeHistogram earlier = of(0, 0, 0.4);
    NativeHistogram now = of(0, 0.3, 0.1, 0.4, 0.4);
    NativeHistogram increase = now.increaseSince(earlier);
    assertThat(increase).isNotNull();
    assertThat(increase.zeroThreshold()).isEqualTo(0.5);
    assertThat(increase.zeroCount()).isEqualTo(2);
  }

  @Test
  void aResetIsSeenAndAllThatIsThereCounts() {
    NativeHistogram earlier = of(0, 0, 3, 3, 3, 9);
    NativeHistogram fewer = of(0, 0, 3, 3);
    NativeHistogram elsewhere = of(0, 0, 100, 100, 100, 100, 100);
    NativeHistogram told = of(0, 0, 3, 3, 3, 9, 9, 9);
    told.reset(NativeHistogram.Reset.YES);
    for (NativeHistogram now : new NativeHistogram[] {fewer, elsewhere, told}) {
      assertThat(now.increaseSince(earlier)).isNull();
      assertThat(now.quantileOfIncrease(earlier, 0.5)).isEqualTo(now.quantile(0.5));
    }
  }

  @Test
  void withoutObservationsThereIsNoQuantile() {
    NativeHistogram histogram = of(0, 0, 1, 2, 3);
    assertThat(histogram.quantileOfIncrease(of(0, 0, 1, 2, 3), 0.5)).isNaN();
    assertThat(of(0, 0).quantile(0.5)).isNaN();
    assertThat(histogram.quantile(Double.NaN)).isNaN();
    assertThat(histogram.quantile(1.5)).isNaN();
  }

  private static NativeHistogram custom(double... counts) {
    NativeHistogram histogram = new NativeHistogram();
    histogram.clear(NativeHistogram.CUSTOM_BOUNDS);
    histogram.addBound(1);
    histogram.addBound(2);
    histogram.addBound(5);
    double total = 0;
    for (int i = 0; i < counts.length; i++) {
      histogram.positive().add(i, counts[i]);
      total += counts[i];
    }
    histogram.total(total, 0, false);
    return histogram;
  }

  @Test
  void customBoundsAreInterpolatedLinearly() {
    NativeHistogram histogram = custom(4, 4, 4, 4);
    assertThat(histogram.quantile(0.125)).isEqualTo(0.5);
    assertThat(histogram.quantile(0.375)).isEqualTo(1.5);
    assertThat(histogram.quantile(0.625)).isEqualTo(3.5);
    assertThat(histogram.quantile(0.99)).isEqualTo(5);
    assertThat(histogram.quantileOfIncrease(custom(4, 0, 4, 4), 0.5)).isEqualTo(1.5);
  }

  @Test
  void otherBoundsAreAReset() {
    NativeHistogram earlier = custom(1);
    earlier.addBound(7);
    assertThat(custom(4, 4).increaseSince(earlier)).isNull();
    assertThat(of(0, 0, 3, 3).increaseSince(custom(1))).isNull();
  }

  @Test
  void extremeBucketsStayFinite() {
    NativeHistogram histogram = new NativeHistogram();
    histogram.clear(-4);
    histogram.positive().add(64, 1);
    histogram.positive().add(65, 1);
    histogram.total(2, 0, false);
    assertThat(histogram.quantile(1)).isEqualTo(Double.MAX_VALUE);
    histogram.clear(0);
    histogram.positive().add(-1080, 1);
    assertThat(histogram.quantile(0.5)).isZero();
  }
}
