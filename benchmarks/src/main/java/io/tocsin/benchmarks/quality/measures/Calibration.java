// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import java.util.Arrays;

/**
 * Whether probabilities that were told hold: Brier's score is the mean squared distance between
 * what was told and what was so (1 or 0); the expected calibration error is the mean distance
 * between what was told and how often it was so, over bins of equal width by what was told (Naeini
 * et al., AAAI 2015).
 */
public final class Calibration {
  /** In how many bins what was told falls. */
  public static final int BINS = 5;

  private final int[] number = new int[BINS];
  private final int[] right = new int[BINS];
  private final double[] told = new double[BINS];
  private double squares;

  /**
   * Adds a case.
   *
   * @param probability what was told, from 0 to 1
   * @param so whether it was so
   */
  public void add(double probability, boolean so) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    number[bin]++;
    right[bin] += so ? 1 : 0;
    told[bin] += probability;
    squares += Math.pow(probability - (so ? 1 : 0), 2);
  }

  /** Adds all cases of another. */
  public void addAll(Calibration other) {
    for (int bin = 0; bin < BINS; bin++) {
      number[bin] += other.number[bin];
      right[bin] += other.right[bin];
      told[bin] += other.told[bin];
    }
    squares += other.squares;
  }

  /** How many cases there are. */
  public int cases() {
    return Arrays.stream(number).sum();
  }

  /** How many cases a bin has. */
  public int cases(int bin) {
    return number[bin];
  }

  /** The mean of what was told. */
  public double told() {
    return Counts.part(Arrays.stream(told).sum(), cases());
  }

  /** How often it was so. */
  public double right() {
    return Counts.part(Arrays.stream(right).sum(), cases());
  }

  /** The mean of what was told in a bin. */
  public double told(int bin) {
    return Counts.part(told[bin], number[bin]);
  }

  /** How often it was so in a bin. */
  public double right(int bin) {
    return Counts.part(right[bin], number[bin]);
  }

  /** From 0, always sure and right, to 1, always sure and wrong. */
  public double brier() {
    return Counts.part(squares, cases());
  }

  /** The expected calibration error, from 0 to 1. */
  public double error() {
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += Math.abs(told[bin] - right[bin]);
    }
    return Counts.part(sum, cases());
  }
}
