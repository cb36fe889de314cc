// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
  @Test
  void theLogarithmOfGammaIsThatOfFactorials() {
    double log = 0;
    for (int n = 1; n < 150; n++) {
      assertThat(BetaBinomial.logGamma(n)).isCloseTo(log, within(1e-9));
      log += Math.log(n);
    }
    assertThat(BetaBinomial.logGamma(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-12));
  }

  @Test
  void withHardlyAnyCorrelationTheTailIsTheBinomials() {
    // 1 - 0.9^10, and 0.1^10
    assertThat(BetaBinomial.upperTail(1, 10, 0.1, 1e-7)).isCloseTo(0.6513215599, within(1e-5));
    assertThat(BetaBinomial.upperTail(10, 10, 0.1, 1e-7) / 1e-10).isCloseTo(1, within(1e-3));
  }

  @Test
  void aUniformProbabilityMakesAllCountsAlike() {
    // mean 1/2 and correlation 1/3: Beta(1, 1)
    for (int k = 0; k <= 10; k++) {
      double tail = BetaBinomial.upperTail(k, 10, 0.5, 1.0 / 3);
      assertThat(tail).isCloseTo((11.0 - k) / 11, within(1e-9));
    }
  }

  @Test
  void theBoundaryIsThatOfBenjaminiAndHochberg() {
    // The example of their paper, of 15 tests of which the first four count at 5 %.
    double[] probabilities = {
      0.0278, 0.0001, 1.0, 0.0004, 0.0019, 0.0095, 0.0201, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590
    };
    assertThat(FalseDiscovery.boundary(probabilities, probabilities.length, 0.05))
        .isBetween(0.0095, 0.0201);
  }

  @Test
  void aMatrixTimesItsInverseIsOne() {
    int n = Covariances.MOST;
    Random random = new Random(5);
    double[][] root = new double[n][n];
    double[][] matrix = new double[n][n];
    for (double[] row : root) {
      for (int j = 0; j < n; j++) {
        row[j] = random.nextGaussian();
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          matrix[i][j] += root[i][k] * root[j][k] + (i == j ? 0.1 : 0);
        }
      }
    }
    double[][] inverse = new Covariances().invert(matrix, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += matrix[i][k] * inverse[k][j];
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-8));
      }
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefusedByName() {
    EntitySettings usual = EntitySettings.DEFAULTS;
    assertThatThrownBy(() -> settings(Duration.ZERO, 0.1, 1, 0.1)).hasMessageContaining("memory");
    assertThatThrownBy(() -> settings(usual.memory(), 1, 1, 0.1))
        .hasMessageContaining("shareChance");
    assertThatThrownBy(() -> settings(usual.memory(), 0.1, 0, 0.1))
        .hasMessageContaining("alarmsPerDay must be greater than zero, not 0.0");
    assertThatThrownBy(() -> settings(usual.memory(), 0.1, 1, -0.1))
        .hasMessageContaining("alarmStep must be greater than zero, not -0.1");
  }

  private static EntitySettings settings(
      Duration memory, double shareChance, double alarmsPerDay, double alarmStep) {
    Duration month = Duration.ofDays(30);
    return new EntitySettings(
        memory, month, month, 5, 3, shareChance, 0.1, 3, 1, 7, 1, alarmsPerDay, alarmStep);
  }
}
