// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LagTest {
  private final Pace pace = new Pace(0, 2, false);
  private final long start = pace.start();
  private final List<Findings.Mark> marks = new ArrayList<>();

  @Test
  void aJobHasCaughtUpWhenItIsAsLittleBehindAsBefore() {
    regular(0, 10_000, 200);
    long killed = start + 10_000;
    mark(8_000, 15_000);
    mark(12_000, 16_000);
    mark(16_400, 17_000);
    mark(17_800, 18_000);

    RecoveryPart.Lag lag = new RecoveryPart.Lag(marks, pace);

    assertThat(lag.usualMillis(killed)).isEqualTo(200);
    assertThat(lag.secondsUntilCaughtUp(killed)).isEqualTo(7.0);
  }

  @Test
  void whatWasOnTheWayAtTheKillIsNoRecovery() {
    regular(0, 10_000, 200);
    mark(9_900, 10_100);

    assertThat(new RecoveryPart.Lag(marks, pace).secondsUntilCaughtUp(start + 10_000)).isNaN();
  }

  private void regular(int from, int until, int lag) {
    for (int millis = from; millis < until; millis += 500) {
      mark(millis, millis + lag);
    }
  }

  /** A mark of what was due at one time, written at another; both in ms since the start. */
  private void mark(long due, long appended) {
    marks.add(new Findings.Mark(2 * due, start + appended));
  }
}
