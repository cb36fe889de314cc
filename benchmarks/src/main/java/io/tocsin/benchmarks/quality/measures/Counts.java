// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

/** Precision, recall and their harmonic mean from counts. */
final class Counts {
  private Counts() {}

  /** A part of a whole, or 0 of nothing. */
  static double part(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  static double f1(double precision, double recall) {
    return part(2 * precision * recall, precision + recall);
  }

  static double f1(long truePositives, long falsePositives, long falseNegatives) {
    return part(
        2.0 * truePositives, 2.0 * truePositives + falsePositives + (double) falseNegatives);
  }
}
