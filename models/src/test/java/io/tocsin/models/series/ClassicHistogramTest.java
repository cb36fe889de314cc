// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClassicHistogramTest {
  private static final long START = 1_700_000_000_000L;
  private static final long STEP = 15_000;
  private static final double[] BOUNDS = {0.1, 0.5, 1, 5, Double.POSITIVE_INFINITY};

  /** Increases of five buckets, cumulative: the 95th of 100 lies at 3/4 of the bucket to 1. */
  private static final double[] INCREASES = {40, 80, 100, 100, 100};

  private final ClassicHistogram histogram = histogram();
  private final TreeMap<Long, Double> taken = new TreeMap<>();

  @Test
  void theQuantileIsThatOfPrometheus() {
    Random random = new Random(1);
    for (int round = 0; round < 3000; round++) {
      double[] bounds = bounds(random);
      double[] cumulative = new double[bounds.length];
      double total = 0;
      for (int i = 0; i < bounds.length; i++) {
        total += random.nextInt(3) == 0 ? 0 : random.nextInt(200);
        cumulative[i] = total;
      }
      ClassicHistogram one = histogram();
      TreeMap<Long, Double> quantiles = new TreeMap<>();
      List<Integer> slots = new ArrayList<>();
      for (double bound : bounds) {
        slots.add(one.addBucket(bound));
      }
      settle(one, bounds.length, quantiles);
      quantiles.clear();
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < bounds.length; i++) {
        order.add(i);
      }
      Collections.shuffle(order, random);
      for (int i : order) {
        add(one, slots.get(i), START, cumulative[i], quantiles);
      }
      if (total < SeriesSettings.DEFAULTS.leastObservations()) {
        assertThat(quantiles).isEmpty();
      } else {
        double expected = histogramQuantile(0.95, bounds, cumulative);
        assertThat(quantiles.get(START)).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
      }
    }
  }

  @Test
  void severalScrapesOfOneBucketMayComeBeforeAnothers() {
    withBuckets();
    for (int slot = BOUNDS.length - 1; slot >= 0; slot--) {
      for (int scrape = 0; scrape < 10; scrape++) {
        add(slot, scrape, INCREASES[slot]);
      }
    }
    assertThat(taken)
        .hasSize(10)
        .allSatisfy((time, quantile) -> assertThat(quantile).isEqualTo(0.875));
    assertThat(taken.firstKey()).isEqualTo(START);
  }

  @Test
  void aNewHistogramWaitsUntilItsBucketsAreKnown() {
    TreeMap<Long, Double> quantiles = new TreeMap<>();
    for (int slot = 0; slot < BOUNDS.length; slot++) {
      histogram.addBucket(BOUNDS[slot]);
      for (int scrape = 0; scrape < 8; scrape++) {
        add(histogram, slot, START + scrape * STEP, scrape == 0 ? 0 : INCREASES[slot], quantiles);
      }
    }
    assertThat(quantiles).isEmpty();
    for (int slot = 0; slot < BOUNDS.length; slot++) {
      add(histogram, slot, START + 8 * STEP, INCREASES[slot], quantiles);
    }
    assertThat(quantiles).hasSize(8);
    assertThat(quantiles.values()).allSatisfy(each -> assertThat(each).isEqualTo(0.875));
  }

  @Test
  void aMissingBucketDelaysTheFirstScrapesOnlyAndIsThenNotAwaited() {
    withBuckets();
    for (int scrape = 0; scrape < 40; scrape++) {
      for (int slot = 0; slot < BOUNDS.length; slot++) {
        if (slot != 1) {
          add(slot, scrape, INCREASES[slot]);
        }
      }
      assertThat(taken).hasSize(scrape < 16 ? 0 : scrape + 1);
    }
    assertThat(taken.get(START + 39 * STEP)).isCloseTo(0.1 + 0.9 * 55 / 60, within(1e-9));

    for (int scrape = 40; scrape < 43; scrape++) {
      for (int slot = BOUNDS.length - 1; slot >= 0; slot--) {
        add(slot, scrape, INCREASES[slot]);
      }
    }
    assertThat(taken.get(START + 42 * STEP)).isEqualTo(0.875);
  }

  @Test
  void aScrapeThatACompleteOneOvertakesIsTakenFirst() {
    withBuckets();
    for (int slot = 0; slot < BOUNDS.length; slot++) {
      if (slot != 2) {
        add(slot, 0, INCREASES[slot]);
      }
    }
    scrape(1, 1);

    assertThat(taken.keySet()).containsExactly(START, START + STEP);
    assertThat(histogram.takenAt()).isEqualTo(START + STEP);
  }

  @Test
  void whatComesAfterItsScrapeWasTakenIsLeftOut() {
    withBuckets();
    scrape(5, 1);
    add(0, 5, 1e9);
    add(0, 4, 1e9);
    scrape(6, 1);

    assertThat(taken.get(START + 6 * STEP)).isEqualTo(0.875);
  }

  @Test
  void aBucketThatIsAddedLaterCounts() {
    withBuckets();
    scrape(0, 1);
    int slot = histogram.addBucket(2);
    for (int scrape = 1; scrape < 3; scrape++) {
      add(slot, scrape, 96);
      add(2, scrape, 90);
      add(0, scrape, 40);
      add(1, scrape, 80);
      add(3, scrape, 100);
      add(4, scrape, 100);
    }
    assertThat(taken.get(START + 2 * STEP)).isCloseTo(1 + 5.0 / 6, within(1e-9));
  }

  @Test
  void aBucketThatIsRemovedIsForgottenAndItsPlaceUsedAgain() {
    withBuckets();
    add(1, 0, 80);
    assertThat(histogram.removeBucket(1)).isFalse();
    for (int slot : new int[] {0, 2, 3, 4}) {
      add(slot, 0, INCREASES[slot]);
    }
    assertThat(taken.get(START)).isCloseTo(0.1 + 0.9 * 55 / 60, within(1e-9));

    assertThat(histogram.addBucket(0.5)).isEqualTo(1);
    scrape(1, 1);
    assertThat(taken.get(START + STEP)).isEqualTo(0.875);
    for (int slot = 0; slot < BOUNDS.length; slot++) {
      assertThat(histogram.removeBucket(slot)).isEqualTo(slot == BOUNDS.length - 1);
    }
  }

  @Test
  void tooFewObservationsAreGatheredOverScrapes() {
    withBuckets();
    scrape(0, 0.09);
    scrape(1, 0.09);
    assertThat(taken).isEmpty();
    scrape(2, 0.09);

    assertThat(taken.keySet()).containsExactly(START + 2 * STEP);
    assertThat(taken.firstEntry().getValue()).isCloseTo(0.875, within(1e-9));
  }

  @Test
  void observationsOfLongAgoAreNotGathered() {
    withBuckets();
    for (int scrape = 0; scrape < 200; scrape++) {
      scrape(scrape, 0.009);
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void withoutABucketForTheRestThereIsNoQuantile() {
    int one = histogram.addBucket(1);
    int two = histogram.addBucket(2);
    for (int scrape = 0; scrape < 20; scrape++) {
      add(one, scrape, 100);
      add(two, scrape, 100);
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void withOnlyTheBucketForTheRestThereIsNoQuantile() {
    int rest = histogram.addBucket(Double.POSITIVE_INFINITY);
    for (int scrape = 0; scrape < 20; scrape++) {
      add(rest, scrape, 100);
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void aCopyAndWhatWasReadBackGoOnAsTheOriginal() throws IOException {
    withBuckets();
    scrape(0, 0.09);
    add(1, 1, 3);
    add(3, 2, 5);
    byte[] before = written(histogram);
    ClassicHistogram copy = histogram.copy();
    ClassicHistogram read =
        ClassicHistogram.readFrom(new DataInputStream(new ByteArrayInputStream(before)));
    TreeMap<Long, Double> ofCopy = new TreeMap<>();
    TreeMap<Long, Double> ofRead = new TreeMap<>();
    for (int scrape = 1; scrape < 30; scrape++) {
      for (int slot = 0; slot < BOUNDS.length; slot++) {
        if (slot != scrape % 7) {
          add(copy, slot, START + scrape * STEP, INCREASES[slot], ofCopy);
          add(read, slot, START + scrape * STEP, INCREASES[slot], ofRead);
        }
      }
    }
    assertThat(ofCopy).isNotEmpty().isEqualTo(ofRead);
    assertThat(written(copy)).isEqualTo(written(read));
    assertThat(written(histogram)).isEqualTo(before);
  }

  /** All buckets, and so many scrapes without observations that it is known which there are. */
  private void withBuckets() {
    for (double bound : BOUNDS) {
      histogram.addBucket(bound);
    }
    settle(histogram, BOUNDS.length, taken);
  }

  private static void settle(ClassicHistogram of, int buckets, Map<Long, Double> into) {
    for (int scrape = -9; scrape < 0; scrape++) {
      for (int slot = 0; slot < buckets; slot++) {
        add(of, slot, START + scrape * STEP, 0, into);
      }
    }
    assertThat(into).isEmpty();
  }

  private void scrape(int scrape, double factor) {
    for (int slot = 0; slot < BOUNDS.length; slot++) {
      add(slot, scrape, INCREASES[slot] * factor);
    }
  }

  private void add(int slot, int scrape, double increase) {
    add(histogram, slot, START + scrape * STEP, increase, taken);
  }

  private static void add(
      ClassicHistogram to, int slot, long time, double increase, Map<Long, Double> into) {
    if (to.add(slot, time, increase)) {
      while (to.ready()) {
        double quantile = to.take(SeriesSettings.DEFAULTS);
        if (!Double.isNaN(quantile)) {
          into.put(to.takenAt(), quantile);
        }
      }
    }
  }

  private static ClassicHistogram histogram() {
    return new ClassicHistogram(new DerivedSeries(new byte[] {1, 2}, 7));
  }

  private static byte[] written(ClassicHistogram histogram) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    histogram.writeTo(new DataOutputStream(out));
    return out.toByteArray();
  }

  private static double[] bounds(Random random) {
    double[] bounds = new double[2 + random.nextInt(12)];
    double bound = random.nextInt(3) == 0 ? -5 : 0;
    for (int i = 0; i < bounds.length - 1; i++) {
      bound += 0.01 + random.nextDouble() * 3;
      bounds[i] = bound;
    }
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  /** What the query language's function of this name says, step by step as documented. */
  private static double histogramQuantile(double q, double[] bounds, double[] cumulative) {
    int last = bounds.length - 1;
    double rank = q * cumulative[last];
    int bucket = 0;
    while (bucket < last && cumulative[bucket] < rank) {
      bucket++;
    }
    if (bucket == last) {
      return bounds[last - 1];
    }
    if (bucket == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double start = bucket == 0 ? 0 : bounds[bucket - 1];
    double before = bucket == 0 ? 0 : cumulative[bucket - 1];
    double within = (rank - before) / (cumulative[bucket] - before);
    return start + (bounds[bucket] - start) * within;
  }

  @Test
  void theExampleIsRight() {
    assertThat(histogramQuantile(0.95, BOUNDS, INCREASES)).isEqualTo(0.875);
    assertThat(Arrays.stream(INCREASES).max()).hasValue(100);
  }
}
