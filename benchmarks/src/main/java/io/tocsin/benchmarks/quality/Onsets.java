// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

/**
 * Leaves of a run of scores what rises above all of the samples just before it, so that one
 * deviation is told once; it looks back only.
 */
final class Onsets {
  private static final int SAMPLES = 30;

  private Onsets() {}

  static double[] of(double[] scores) {
    double[] onsets = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      double before = 0;
      for (int j = Math.max(0, i - SAMPLES); j < i; j++) {
        before = Math.max(before, scores[j]);
      }
      onsets[i] = scores[i] > before ? scores[i] : 0;
    }
    return onsets;
  }
}
