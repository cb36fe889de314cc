// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import java.util.Arrays;

/**
 * How small a probability must be to count among many: of what is found then, no more than a given
 * part is chance, on average (Benjamini and Hochberg, J. Royal Statistical Society B 57, 1995; it
 * holds too where the tests depend on each other positively, Benjamini and Yekutieli, 2001).
 */
final class FalseDiscovery {
  private FalseDiscovery() {}

  /**
   * The largest probability that counts.
   *
   * @param probabilities begins with those of all tests, also those that are clearly chance; they
   *     are put in order
   * @param tests how many there are
   * @param part of what is found that may be chance
   */
  static double boundary(double[] probabilities, int tests, double part) {
    Arrays.sort(probabilities, 0, tests);
    double step = part / Math.max(1, tests);
    double boundary = step;
    for (int i = 0; i < tests; i++) {
      if (probabilities[i] <= step * (i + 1)) {
        boundary = step * (i + 1);
      }
    }
    return boundary;
  }
}
