// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldTest {
  private static final int AT = 4;

  private final Hold hold = new Hold(0.5, AT);
  private final Row row = row();

  @ParameterizedTest
  @CsvSource({
    "UP, 200, 150, true",
    "UP, 200, 149, false",
    "UP, 200, 1e9, true",
    "UP, 200, 0, false",
    "DOWN, 0, 50, true",
    "DOWN, 0, 51, false",
    "DOWN, 0, -1e9, true",
    "DOWN, 0, 200, false"
  })
  void aFindingLastsUntilHalfTheWayBack(
      Direction direction, double first, double value, boolean lasts) {
    hold.begin(row, 100, first);

    assertThat(hold.lasts(row, value, direction)).isEqualTo(lasts);
    assertThat(hold.reference(row)).isEqualTo(100);
  }

  @Test
  void whatBecomesWorseHasALongerWayBackAndWhatBecomesBetterDoesNot() {
    hold.begin(row, 100, 200);
    hold.worsen(row, 500);
    assertThat(hold.lasts(row, 299, Direction.UP)).isFalse();
    assertThat(hold.lasts(row, 300, Direction.UP)).isTrue();

    hold.worsen(row, 150);
    assertThat(hold.lasts(row, 299, Direction.UP)).isFalse();
  }

  @Test
  void aDeviationIsMeasuredByThatAtTheBeginning() {
    hold.begin(row, 100, 200);
    hold.worsen(row, 500);

    assertThat(hold.ratio(row, 400, Direction.UP)).isEqualTo(3);
    assertThat(hold.ratio(row, 0, Direction.DOWN)).isEqualTo(1);
    assertThat(hold.ratio(row, 0, Direction.UP)).isEqualTo(-1);
  }

  @Test
  void aSeriesThatStandsStillIsHeldUntilItMoves() {
    hold.begin(row, 7, 7);

    assertThat(hold.lasts(row, 7, Direction.DOWN)).isTrue();
    assertThat(hold.ratio(row, 7, Direction.DOWN)).isEqualTo(1);
    assertThat(hold.lasts(row, 7.1, Direction.DOWN)).isFalse();
    assertThat(hold.lasts(row, 6.9, Direction.DOWN)).isFalse();
  }

  @Test
  void withinHalfTheDeviationAValueIsNearToWhatWasExpected() {
    hold.begin(row, 100, 200);

    assertThat(hold.isNear(row, 50)).isTrue();
    assertThat(hold.isNear(row, 150)).isTrue();
    assertThat(hold.isNear(row, 49)).isFalse();
    assertThat(hold.isNear(row, 151)).isFalse();
  }

  @Test
  void aScoreThatIsToBeConfirmedIsRemembered() {
    assertThat(hold.pending(row)).isZero();
    hold.pend(row, 2.5);
    assertThat(hold.pending(row)).isEqualTo(2.5);
    hold.pend(row, 0);
    assertThat(hold.pending(row)).isZero();
  }

  @Test
  void sizesWithinAFactorOfTwoAreAlikeAndFarOnesAreNot() {
    assertThat(counted(100, Direction.UP)).isZero();
    assertThat(counted(100, Direction.UP)).isEqualTo(1);
    assertThat(counted(60, Direction.UP)).isEqualTo(2);
    assertThat(counted(190, Direction.UP)).isEqualTo(2);
    assertThat(counted(1000, Direction.UP)).isZero();
    assertThat(counted(0.05, Direction.UP)).isZero();
  }

  @Test
  void theOtherSideIsCountedApart() {
    counted(100, Direction.UP);
    counted(100, Direction.UP);

    assertThat(counted(100, Direction.DOWN)).isZero();
    assertThat(counted(100, Direction.UP)).isEqualTo(2);
  }

  @Test
  void theCountDoesNotOverflow() {
    for (int i = 0; i < 300; i++) {
      assertThat(counted(100, Direction.DOWN)).isEqualTo(Math.min(i, 255));
    }
  }

  @Test
  void nothingIsWrittenBeyondItsPart() {
    row.setInt(0, -1);
    row.setInt(AT + Hold.BYTES, -1);
    hold.pend(row, 5);
    hold.begin(row, 1e36, -1e36);
    hold.worsen(row, -1e37);
    for (int exponent = 0; exponent < 16; exponent++) {
      counted(1 << exponent, Direction.UP);
      counted(1 << exponent, Direction.DOWN);
    }

    assertThat(row.getInt(0)).isEqualTo(-1);
    assertThat(row.getInt(AT + Hold.BYTES)).isEqualTo(-1);
  }

  private int counted(double size, Direction direction) {
    hold.begin(row, 0, direction == Direction.UP ? size : -size);
    return hold.count(row, direction);
  }

  private static Row row() {
    RowPages rows = new RowPages(AT + Hold.BYTES + 4);
    Row row = new Row();
    rows.read(rows.add(), row);
    return row;
  }
}
