// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class TailTest {
  private static final BandSettings SETTINGS = BandSettings.DEFAULTS;
  private static final double FLOOR = 1e-9;

  /** A sample a minute, in ms. */
  private static final double EVERY = 60_000;

  private static final int LONG = 20_000;

  /** Of the standard normal distribution: the value that one in a thousand exceeds. */
  private static final double GAUSSIAN_QUANTILE = 3.0902;

  private static final double EXPONENTIAL_QUANTILE = Math.log(1000);

  private final Tail tail = new Tail(SETTINGS, 0);
  private final Row row = row();
  private final Random random = new Random(1);
  private int count;

  @Test
  void oneInAThousandOfGaussianResidualsHasAboutThreeDigits() {
    learn(LONG, random::nextGaussian);

    assertThat(tail.digits(row, GAUSSIAN_QUANTILE, FLOOR)).isBetween(2.5, 4.0);
  }

  @Test
  void oneInAThousandOfExponentialResidualsHasAboutThreeDigits() {
    learn(LONG, this::exponential);

    assertThat(tail.digits(row, EXPONENTIAL_QUANTILE, FLOOR)).isBetween(2.5, 4.0);
  }

  @Test
  void theShareOfTheTailExceedsItsThreshold() {
    learn(LONG, this::exponential);
    int exceeding = 0;
    for (int i = 0; i < LONG; i++) {
      exceeding += tail.digits(row, exponential(), FLOOR) > 0 ? 1 : 0;
    }

    assertThat((double) exceeding / LONG)
        .isCloseTo(SETTINGS.tailShare(), within(SETTINGS.tailShare() / 2));
  }

  @Test
  void whatIsLargerIsRarerAndWhatIsUsualHasNoDigits() {
    learn(LONG, random::nextGaussian);

    assertThat(tail.digits(row, 1, FLOOR)).isZero();
    assertThat(tail.digits(row, -10, FLOOR)).isZero();
    double before = 0;
    for (double residual = 3; residual < 1e6; residual *= 1.5) {
      double digits = tail.digits(row, residual, FLOOR);
      assertThat(digits).isGreaterThan(before);
      before = digits;
    }
  }

  @Test
  void atTheBoundaryItsDigitsAreReached() {
    learn(LONG, random::nextGaussian);

    assertThat(tail.digits(row, tail.boundary(row, FLOOR), FLOOR))
        .isCloseTo(SETTINGS.boundary(), within(0.05));
  }

  @Test
  void theScaleFollowsWhenTheResidualsDouble() {
    learn(LONG, random::nextGaussian);
    double before = tail.boundary(row, FLOOR);

    learn(LONG, () -> 2 * random.nextGaussian());
    assertThat(tail.boundary(row, FLOOR) / before).isBetween(1.6, 2.5);

    learn(2 * LONG, random::nextGaussian);
    assertThat(tail.boundary(row, FLOOR) / before).isBetween(0.7, 1.4);
  }

  @Test
  void anAbsurdResidualCountsForAsMuchAsAFarOneAndMovesTheBoundaryByLess() {
    learn(LONG, random::nextGaussian);
    double before = tail.boundary(row, FLOOR);
    Row other = row();
    other.copyFrom(row, Tail.BYTES);
    tail.learn(row, 1e30, FLOOR, count, EVERY);
    tail.learn(other, 1e3, FLOOR, count, EVERY);

    double scale = 0.8 * tail.mean(row);
    assertThat(tail.boundary(row, FLOOR)).isEqualTo(tail.boundary(other, FLOOR));
    assertThat(tail.boundary(row, FLOOR)).isBetween(before, before + 8 * scale);
    assertThat(tail.digits(row, 1e3, FLOOR)).isGreaterThan(SETTINGS.boundary());
  }

  @Test
  void anAbsurdResidualAmongTheFirstIsForgotten() {
    Row usual = row();
    Row absurd = row();
    for (int i = 0; i < SETTINGS.warmUpSamples(); i++) {
      double residual = random.nextGaussian();
      tail.begin(usual, residual, i);
      tail.begin(absurd, i == SETTINGS.warmUpSamples() - 5 ? 1e30 : residual, i);
    }

    assertThat(tail.mean(absurd)).isLessThan(3 * tail.mean(usual));
  }

  @Test
  void whileLittleIsKnownTheSameIsLessRare() {
    learn(100, random::nextGaussian);
    double young = tail.digits(row, 6, FLOOR);
    learn(LONG, random::nextGaussian);

    assertThat(tail.digits(row, 6, FLOOR)).isGreaterThan(young);
    double old = tail.digits(row, 6, FLOOR);
    tail.rejuvenate(row);
    assertThat(tail.digits(row, 6, FLOOR)).isLessThan(old);
  }

  @Test
  void noScaleIsBelowTheFloor() {
    learn(LONG, () -> 0);

    assertThat(tail.digits(row, 1, FLOOR)).isGreaterThan(SETTINGS.boundary());
    assertThat(tail.digits(row, 1, 1)).isLessThan(SETTINGS.boundary());
    assertThat(tail.boundary(row, 1)).isGreaterThan(1);
  }

  @Test
  void whatIsJoinedHoldsTheWiderOfBoth() {
    learn(LONG, random::nextGaussian);
    Row wide = row();
    for (int i = 0; i < LONG; i++) {
      step(wide, i, 5 * random.nextGaussian());
    }
    Row joined = row();
    joined.copyFrom(row, Tail.BYTES);
    tail.join(joined, wide, 0);
    assertThat(tail.boundary(joined, FLOOR)).isGreaterThan(0.9 * tail.boundary(wide, FLOOR));

    tail.join(row, row, 1000);
    assertThat(tail.boundary(row, FLOOR)).isGreaterThan(1000);
  }

  private void learn(int samples, DoubleSupplier residuals) {
    for (int i = 0; i < samples; i++) {
      step(row, count++, residuals.getAsDouble());
    }
  }

  private void step(Row to, int seen, double residual) {
    if (seen < SETTINGS.warmUpSamples()) {
      tail.begin(to, residual, seen);
    } else {
      tail.learn(to, residual, FLOOR, seen, EVERY);
    }
  }

  private double exponential() {
    return -Math.log(1 - random.nextDouble());
  }

  private static Row row() {
    RowPages rows = new RowPages(Tail.BYTES);
    Row row = new Row();
    rows.read(rows.add(), row);
    return row;
  }
}
