// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import org.junit.jupiter.api.Test;

class FlatLineTest {
  private static final long START = OneSeries.START;
  private static final long MINUTE = 60_000;
  private static final int DAY = 1440;

  private final FlatLine flat = new FlatLine(0);
  private final Row row = row();
  private final Sample sample = new Sample();
  private long time = START;
  private boolean explained;

  @Test
  void aSeriesKnowsWhenItWasFirstSeen() {
    flat.begin(row, START);
    moveFor(100);

    assertThat(flat.born(row)).isEqualTo(START);
    assertThat(flat.since(row)).isEqualTo(time);
  }

  @Test
  void whatAlwaysMovedIsASurpriseWhenItStandsStillForHalfAnHour() {
    flat.begin(row, START);
    moveFor(2 * DAY);
    long stopped = time;

    assertThat(stillUntilFound(DAY)).isEqualTo(30);
    assertThat(flat.since(row)).isEqualTo(stopped);
    assertThat(next(true)).isZero();
  }

  @Test
  void theLongerItStandsStillTheGreaterTheSurprise() {
    flat.begin(row, START);
    moveFor(2 * DAY);
    double before = next(false);
    for (int i = 0; i < 100; i++) {
      double score = next(false);
      assertThat(score).isGreaterThan(before);
      before = score;
    }
  }

  @Test
  void whatStandsStillNowAndThenIsFoundOnlyWhenItDoesSoForMuchLonger() {
    flat.begin(row, START);
    for (int i = 0; i < 300; i++) {
      moveFor(5);
      standStill(10);
    }
    moveFor(1);

    assertThat(stillUntilFound(DAY)).isBetween(60, 120);
  }

  @Test
  void whatStandsWhereThatIsToldOtherwiseIsNotFoundAndTeachesNothing() {
    flat.begin(row, START);
    moveFor(2 * DAY);
    explained = true;
    moveFor(1);
    assertThat(stillUntilFound(DAY)).isEqualTo(-1);

    explained = false;
    moveFor(1);
    assertThat(stillUntilFound(DAY)).isEqualTo(30);
  }

  @Test
  void whatIsYoungIsNotFound() {
    flat.begin(row, START);
    moveFor(5 * 60);

    assertThat(stillUntilFound(DAY)).isEqualTo(-1);
  }

  @Test
  void whatNeverMovedIsNotFound() {
    flat.begin(row, START);

    assertThat(stillUntilFound(10 * DAY)).isEqualTo(-1);
  }

  private void moveFor(int samples) {
    for (int i = 0; i < samples; i++) {
      next(true);
    }
  }

  private void standStill(int samples) {
    for (int i = 0; i < samples; i++) {
      next(false);
    }
  }

  /** After how many samples a standstill is a surprise; -1 when it is none at all. */
  private int stillUntilFound(int most) {
    for (int i = 1; i <= most; i++) {
      if (next(false) >= 1) {
        return i;
      }
    }
    return -1;
  }

  private double next(boolean moved) {
    time += MINUTE;
    sample.time = time;
    sample.elapsed = MINUTE;
    sample.interval = MINUTE;
    double score = flat.score(row, moved, sample);
    if (moved) {
      flat.moved(row, explained, sample);
    }
    return score;
  }

  private static Row row() {
    RowPages rows = new RowPages(FlatLine.BYTES);
    Row row = new Row();
    rows.read(rows.add(), row);
    return row;
  }
}
