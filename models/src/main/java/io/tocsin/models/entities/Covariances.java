// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

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
    for (int column = 0; column < n; column++) {
      for (int i = column; i < n; i++) {
        double sum = i == column ? 1 : 0;
        for (int j = column; j < i; j++) {
          sum -= lower[i][j] * inverse[j][column];
        }
        inverse[i][column] = sum / lower[i][i];
      }
      for (int i = n - 1; i >= column; i--) {
        double sum = inverse[i][column];
        for (int j = i + 1; j < n; j++) {
          sum -= lower[j][i] * inverse[j][column];
        }
        inverse[i][column] = sum / lower[i][i];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        inverse[i][j] = inverse[j][i];
      }
    }
    return inverse;
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
