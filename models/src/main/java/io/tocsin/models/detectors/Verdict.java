// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.findings.Direction;

/** What a detector says of one value. Reused from value to value, so it must not be kept. */
public final class Verdict {
  private double score;
  private double persisting;
  private double expected;
  private double lower;
  private double upper;
  private int model;
  private double deviation;
  private double sudden;
  private long since;
  private Direction direction = Direction.UP;

  /** What is said at once; the band is nothing but the expected value. */
  void set(double score, double persisting, double expected, int model) {
    this.score = score;
    this.persisting = persisting;
    this.expected = expected;
    this.lower = expected;
    this.upper = expected;
    this.model = model;
    this.deviation = 0;
    this.sudden = persisting;
    this.direction = Direction.UP;
  }

  /** Says how unusual something is of which no value is expected. */
  public void set(double unusual, Direction to, long time) {
    set(unusual, unusual, 0, 0);
    since(time, to);
  }

  void sudden(double unusual) {
    sudden = unusual;
  }

  /**
   * How unusual the value is beside the last ones, whatever the hour; as much as {@link
   * #persisting}, or less. What a rhythm misses, all of a service miss together.
   */
  public double sudden() {
    return sudden;
  }

  /** How far below and above the expected value the band reaches. */
  void band(double below, double above) {
    lower = expected - below;
    upper = expected + above;
  }

  void deviation(double inHalfWidths) {
    deviation = inHalfWidths;
  }

  /**
   * How far the value lies from what is usual, in half-widths of the band around that; negative
   * below. Known after {@link Detector#band} only.
   */
  public double deviation() {
    return deviation;
  }

  /** Says that the value leaves the range of all that was seen; by how much it deviates stays. */
  void leaves(double unusual, double usual, double low, double high, int by) {
    score = unusual;
    persisting = Math.max(persisting, unusual);
    expected = usual;
    lower = low;
    upper = high;
    model = by;
  }

  void since(long time, Direction to) {
    since = time;
    direction = to;
  }

  /** Says nothing: no score, no band. */
  public void clear() {
    set(0, 0, 0, 0);
  }

  /**
   * How much of a surprise the value is: 1.0 is the boundary, 0 is the usual; at most {@link
   * #MAX_SCORE}. What was as unusual before is none.
   */
  public double score() {
    return score;
  }

  /** How unusual the value is, whether it is news or not; as much as the score, or more. */
  public double persisting() {
    return persisting;
  }

  /** Scores are cut off here: beyond it, more says nothing more. */
  public static final double MAX_SCORE = 20;

  public double expected() {
    return expected;
  }

  /**
   * Lower end of the band; of what leaves the range of all that was seen, of that range. Known
   * after {@link Detector#band} only.
   */
  public double lower() {
    return lower;
  }

  /** Upper end of the band, as {@link #lower}. */
  public double upper() {
    return upper;
  }

  /** Which model is the most surprised, or knows most: an index of {@link Detector#models}. */
  public int model() {
    return model;
  }

  /** Since when the series has been so, ms since the epoch. */
  public long since() {
    return since;
  }

  public Direction direction() {
    return direction;
  }
}
