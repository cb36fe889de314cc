// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

/**
 * How many of n things deviate when each does with some probability, which itself varies from time
 * to time, so that things deviate together: the beta-binomial distribution (Skellam, J. Royal
 * Statistical Society B 10, 1948).
 */
final class BetaBinomial {
  private static final double NEGLIGIBLE = 1e-12;

  /** Coefficients of Lanczos' approximation with g = 7 (Godfrey, 2001): 15 digits. */
  private static final double[] LANCZOS = {
    0.9999999999998099,
    676.5203681218851,
    -1259.1392167224028,
    771.3234287776531,
    -176.6150291621406,
    12.507343278686905,
    -0.13857109526572012,
    9.984369578019572e-6,
    1.5056327351493116e-7
  };

  private static final double LANCZOS_G = 7;
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private BetaBinomial() {}

  /**
   * The probability of k or more.
   *
   * @param n how many there are
   * @param mean the mean probability, between 0 and 1
   * @param correlation how much they deviate together: 0 is not at all, 1 always; above 0
   */
  static double upperTail(int k, int n, double mean, double correlation) {
    if (k <= 0) {
      return 1;
    }
    double spread = 1 / correlation - 1;
    double a = mean * spread;
    double b = (1 - mean) * spread;
    double term = Math.exp(logChoose(n, k) + logBeta(k + a, n - k + b) - logBeta(a, b));
    double sum = 0;
    for (int j = k; j <= n; j++) {
      sum += term;
      if (j == n || term < NEGLIGIBLE * sum) {
        break;
      }
      term *= (double) (n - j) / (j + 1) * (j + a) / (n - j - 1 + b);
    }
    return Math.min(1, sum);
  }

  private static double logChoose(int n, int k) {
    return logGamma(n + 1.0) - logGamma(k + 1.0) - logGamma(n - k + 1.0);
  }

  private static double logBeta(double a, double b) {
    return logGamma(a) + logGamma(b) - logGamma(a + b);
  }

  /** The logarithm of the gamma function of a positive number. */
  static double logGamma(double x) {
    if (x < 0.5) {
      return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
    }
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double t = x - 1 + LANCZOS_G + 0.5;
    return HALF_LOG_TWO_PI + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }
}
