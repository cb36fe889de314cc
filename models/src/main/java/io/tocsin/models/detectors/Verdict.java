// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.findings.Direction;

/** What a detector says of one value. Reused from value to value, so it must not be kept. */
public final class Verdict {
  private double score;
  private double expected;
  private double lower;
  private double upper;
  private Direction direction = Direction.UP;

  void set(double score, double expected, double halfWidth, Direction direction) {
    this.score = score;
    this.expected = expected;
    this.lower = expected - halfWidth;
    this.upper = expected + halfWidth;
    this.direction = direction;
  }

  /** Says nothing: no score, no band. */
  public void clear() {
    set(0, 0, 0, Direction.UP);
  }

  /** 1.0 is the boundary, 0 is right in the middle of the band; at most {@link #MAX_SCORE}. */
  public double score() {
    return score;
  }

  /** Scores are cut off here: beyond it, more says nothing more. */
  public static final double MAX_SCORE = 20;

  public double expected() {
    return expected;
  }

  /** Lower end of the band. */
  public double lower() {
    return lower;
  }

  /** Upper end of the band. */
  public double upper() {
    return upper;
  }

  public Direction direction() {
    return direction;
  }
}
