// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

/**
 * The least deviation that matters to anybody, whatever the noise of the series.
 *
 * @param absolute in the unit of the value
 * @param relative as a part of the expected value
 */
public record Effect(double absolute, double relative) {
  public Effect {
    if (!(absolute >= 0) || !(relative >= 0)) {
      throw new IllegalArgumentException("the least effect must be zero or more");
    }
  }
}
