// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import java.util.Arrays;

/**
 * Small symmetric matrices, with work space for one of them. Inverted by Cholesky's decomposition:
 * for at most {@link #MOST} metrics that is a few microseconds, and brings no native library.
 */
final class Covariances {
  static final int MOST = 16;

  private final double[][] lower = new double[MOST][MOST];
  private final double[][] inverse = new double[MOST][MOST];

  /** Where an entry of the lower triangle lies among all of them, row by row. */
  static int index(int i, int j) {
    return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
  }

  /**
   * The inverse of a positive definite matrix; valid until the next call.
   *
   * @param matrix the first n rows and columns of it
   */
  double[][] invert(double[][] matrix, int n) {
    decompose(matrix, n);
    // All columns at a time, so that the innermost loops are over neighbours.
    for (int i = 0; i < n; i++) {
      Arrays.fill(inverse[i], 0, i, 0);
      inverse[i][i] = 1;
      for (int j = 0; j < i; j++) {
        subtract(inverse[i], lower[i][j], inverse[j], j + 1);
      }
      divide(inverse[i], lower[i][i], i + 1);
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        subtract(inverse[i], lower[j][i], inverse[j], i + 1);
      }
      divide(inverse[i], lower[i][i], i + 1);
    }
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        inverse[i][j] = inverse[j][i];
      }
    }
    return inverse;
  }

  private static void subtract(double[] from, double factor, double[] row, int count) {
    for (int k = 0; k < count; k++) {
      from[k] -= factor * row[k];
    }
  }

  private static void divide(double[] row, double by, int count) {
    for (int k = 0; k < count; k++) {
      row[k] /= by;
    }
  }

  private void decompose(double[][] matrix, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / lower[j][j];
      }
    }
  }
}
